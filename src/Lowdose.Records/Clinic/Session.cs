using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Lowdose.Records.Clinic;

/// <summary>A browser in which somebody is signed in.</summary>
/// <param name="Key">SHA-256 of what the browser holds; nobody can come in with it.</param>
/// <param name="Account">Who.</param>
/// <param name="Device">The browser, in words.</param>
/// <param name="Way">How they came in.</param>
/// <param name="BeganAt">When.</param>
/// <param name="SeenAt">When they last asked for something: of staff to the minute, of others to the hour.</param>
/// <param name="ConfirmedAt">When they last showed that it is still they.</param>
/// <param name="EndedAt">When it was ended; null where it was not.</param>
public sealed record Session(string Key, string Account, string Device, Way Way, Instant BeganAt, Instant SeenAt, Instant ConfirmedAt, Instant? EndedAt);

/// <summary>How somebody came in.</summary>
public enum Way
{
    /// <summary>With a passkey, which is what they have and what they are or know in one.</summary>
    Passkey,
    /// <summary>With a password and nothing else.</summary>
    Password,
    /// <summary>With a password and a second step.</summary>
    TwoSteps,
    /// <summary>With a printed code.</summary>
    Code,
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.InTable("sessions");
        builder.HasKey(session => session.Key);
        builder.Property(session => session.Way).HasConversion(way => Columns.Word(way), text => Enum.Parse<Way>(text, true));
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.Account);
    }
}
