namespace Lowdose.Records;

/// <summary>Why something could not be kept.</summary>
public enum NotKept
{
    /// <summary>There is no room; it can be tried again when there is (HTTP 507).</summary>
    DiskFull,
    /// <summary>The disk failed. Nothing more is written until Lowdose is started again; what was acknowledged stays readable (HTTP 503).</summary>
    DiskFailed,
    /// <summary>The database server cannot be reached or does not answer in time. It comes back by itself; send it again (HTTP 503).</summary>
    DatabaseAway,
}

/// <summary>The world does not let the archive keep something. Nothing was acknowledged; sending the same again with the same id is safe.</summary>
public sealed class NotKeptException : Exception
{
    /// <summary>Nothing was kept, and why.</summary>
    /// <param name="why">The kind.</param>
    /// <param name="inner">What the database said; null where it was not asked.</param>
    public NotKeptException(NotKept why, Exception? inner = null) : base(Said(why), inner) => Why = why;

    /// <summary>The kind.</summary>
    public NotKept Why { get; }

    private static string Said(NotKept why) => why switch
    {
        NotKept.DiskFull => "it could not be kept: the disk is full; make room and send it again",
        NotKept.DiskFailed => "it could not be kept: the disk failed; what was kept before can be read; check the disk and start Lowdose again",
        _ => "the database does not answer; nothing is known to be kept; send it again in a moment",
    };
}
