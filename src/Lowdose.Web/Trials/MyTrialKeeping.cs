using Lowdose.Dosing;
using Lowdose.Records.Trials;
using Lowdose.Trials;
using Lowdose.Web.Access;
using Lowdose.Web.Layout;
using NodaTime;

namespace Lowdose.Web.Trials;

/// <summary>Where the trial of whoever takes part is kept: with a clinic, or, for somebody alone, in their own diary.</summary>
/// <param name="Of">The trial of a record; null where it is in none.</param>
/// <param name="Add">Keeps what happened, or says why not.</param>
/// <param name="Diaries">What people wrote.</param>
/// <param name="Clock">Says what time it is.</param>
/// <param name="Alone">There is no clinic: a friend makes the kits.</param>
internal sealed record MyTrialKeeping(Func<RecordInHand, KeptTrial?> Of, Func<RecordInHand, KeptTrial, TrialRecord, Refused?> Add, TrialDiaries Diaries, IClock Clock, bool Alone)
{
    /// <summary>Now.</summary>
    public Instant Now => Clock.GetCurrentInstant();

    /// <summary>Today.</summary>
    public LocalDate Today => Reply.Today(Clock);
}
