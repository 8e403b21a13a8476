using NodaTime;

namespace Lowdose.Dosing;

/// <summary>What goes wrong on a dose and asks for a change.</summary>
public abstract record Trouble
{
    private Trouble()
    {
    }

    /// <summary>Bad sleep or vivid dreams since the dose.</summary>
    public sealed record Insomnia : Trouble;

    /// <summary>A side effect that has lasted.</summary>
    /// <param name="Days">So many days.</param>
    public sealed record SideEffect(int Days) : Trouble;

    /// <summary>A side effect that lasts this long holds the dose.</summary>
    public const int HoldAfterDays = 7;
    /// <summary>One that lasts longer than this sends it back a step.</summary>
    public const int BackAfterDays = 14;
    /// <summary>How long a hold lasts.</summary>
    public const int HoldDays = 14;
    /// <summary>Where a bedtime dose goes when sleep suffers.</summary>
    public static readonly LocalTime Morning = new(8, 0);

    /// <summary>The change it asks for: morning for bad sleep; hold from a week, back a step after two.</summary>
    /// <returns>Null where it is too early to change anything.</returns>
    public RegimenChange? Answer(LocalDate from, string who, Instant at) => this switch
    {
        Insomnia => new RegimenChange.MoveTo(from, Morning, who, at, "sleep suffers"),
        SideEffect { Days: > BackAfterDays } lasting => new RegimenChange.StepBack(from, who, at, $"a side effect for {lasting.Days} days"),
        SideEffect { Days: >= HoldAfterDays } lasting => new RegimenChange.Hold(from, HoldDays, who, at, $"a side effect for {lasting.Days} days"),
        _ => null,
    };
}
