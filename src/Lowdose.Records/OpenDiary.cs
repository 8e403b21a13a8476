using Lowdose.Diary;

namespace Lowdose.Records;

/// <summary>What this process knows of one person's records. Only whoever has its turn may look.</summary>
internal sealed class OpenDiary
{
    /// <summary>One thread at a time.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Every write up to <see cref="Last"/>; null: not read.</summary>
    public DiaryLog? Log { get; set; }

    /// <summary>The sequence of the last write in <see cref="Log"/>; 0: none.</summary>
    public long Last { get; set; }

    /// <summary>What opens the contents; null: nothing is needed, or <see cref="IsOpen"/> is false.</summary>
    public Seal? Seal { get; private set; }

    /// <summary>There is no passphrase, or it has been given.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Where it stands among those used lately, and how many writes it was counted with.</summary>
    public LinkedListNode<OpenDiary>? Place { get; set; }

    public int Counted { get; set; }

    private byte[]? Salt { get; set; }

    /// <summary>Whether what is known opens contents under this key.</summary>
    /// <param name="salt">The key's; null: there is no key.</param>
    public bool Opens(byte[]? salt)
    {
        if (IsOpen && salt.AsSpan().SequenceEqual(Salt)) return true;
        if (salt is null) Open(null, null);
        else (IsOpen, Seal, Salt) = (false, null, null);
        return IsOpen;
    }

    /// <summary>From now on contents are opened and closed with this.</summary>
    public void Open(Seal? seal, byte[]? salt) => (IsOpen, Seal, Salt) = (true, seal, salt);

    /// <summary>The writes will be read again when they are wanted.</summary>
    public void Forget() => (Log, Last) = (null, 0);
}
