using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Lowdose.Web.Access;

/// <summary>
/// The record a request is about and who asks: what a page takes instead of the archive, so that it can reach nobody else's. On a person's own computer it is
/// theirs; in a clinic it is the record of whoever is signed in, or, under <c>/for/{record}</c>, one they were let in to.
/// </summary>
/// <param name="Archive">Where it is kept.</param>
/// <param name="Person">Whose record.</param>
/// <param name="Actor">Who reads and writes.</param>
/// <param name="Rights">What the actor may do with it.</param>
public sealed record RecordInHand(Archive Archive, string Person, string Actor, IReadOnlyList<May> Rights)
{
    /// <summary>What one may do with one's own.</summary>
    public static readonly IReadOnlyList<May> Owner = [May.See, May.Write, May.Own];

    /// <summary>The record of a person's own computer.</summary>
    public static RecordInHand Mine(Archive archive) => new(archive, Archive.Me, Archive.Me, Owner);

    /// <summary>Whether it is the actor's own.</summary>
    public bool IsOwn => Can(May.Own);

    /// <summary>Whether it cannot be read before the passphrase is given.</summary>
    public bool IsSealed => Archive.IsSealed(Person);

    /// <summary>Whether it can be read: the passphrase was given where there is one, and it is not damaged.</summary>
    public bool CanBeRead => !IsSealed && !Archive.IsDamaged(Person);

    /// <summary>Whether the actor may do this with it.</summary>
    public bool Can(May may) => Rights.Contains(may);

    /// <summary>Reads it at one moment.</summary>
    /// <exception cref="SealedException">The passphrase has not been given.</exception>
    public T Read<T>(Func<DiaryLog, T> read) => Archive.Read(read, Person);

    /// <summary>Keeps one write.</summary>
    /// <exception cref="NotKeptException">The disk is full or has failed; nothing was kept.</exception>
    public Appended Append(DiaryWrite write) => Archive.Append(write, Person);

    /// <summary>Keeps several writes together.</summary>
    /// <exception cref="NotKeptException">The disk is full or has failed; nothing was kept.</exception>
    public IReadOnlyList<Appended> Append(IReadOnlyList<DiaryWrite> writes) => Archive.Append(writes, Person);

    /// <summary>A write that a page makes itself, where no script does: by the actor, now, in this computer's zone.</summary>
    public DiaryWrite Write(IClock clock, Guid id, string subject, Guid? @base, IReadOnlyList<Change> changes) =>
        new(id, subject, @base, changes, clock.GetCurrentInstant(), DateTimeZoneProviders.Tzdb.GetSystemDefault().Id, Actor);

    /// <summary>As a parameter of a page; <see cref="Door"/> put it there, or no page was reached.</summary>
    public static ValueTask<RecordInHand?> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>That of a request; null where nobody is signed in, or whoever is keeps none.</summary>
    public static RecordInHand? Of(HttpContext? context) => context?.Features.Get<RecordInHand>();
}
