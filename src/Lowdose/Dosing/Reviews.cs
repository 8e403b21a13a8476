using NodaTime;

namespace Lowdose.Dosing;

/// <summary>The days to look at a course again, and what to ask. None of them happens by itself.</summary>
/// <param name="Days">In order.</param>
/// <param name="StopReview">The day on which it is stopped unless it plainly helps.</param>
public sealed record Reviews(IReadOnlyList<ReviewDay> Days, LocalDate StopReview)
{
    private const int StableDays = 56, StopReviewDays = 84, LatestMonths = 6, RecheckDays = 84, LowerDays = 14;

    /// <summary>Of a regimen with its changes so far.</summary>
    public static Reviews Of(Regimen regimen)
    {
        PlannedDay[] days = [.. RegimenDays.Of(regimen).TakeWhile((_, i) => i < Regimen.MostDays)];
        List<ReviewDay> reviews = [.. days.Zip(days.Skip(1)).Where(p => p.Second.Index > p.First.Index)
            .Select(p => new ReviewDay(p.Second.Date, ReviewKind.Step,
                $"Before you go up to {p.Second.Step.PerDay} a day: are side effects gone or mild? If not, stay on {p.First.Step.PerDay} and ask your prescriber."))];
        // The last run of one dose: from its first day on the dose is the same.
        var stable = days.Length == 0 ? regimen.Start : days.Reverse().TakeWhile(d => d.Index == days[^1].Index).Last().Date;
        var latest = regimen.Start.PlusMonths(LatestMonths);
        var judge = Earlier(stable.PlusDays(StableDays), latest);
        var stop = Earlier(Later(regimen.Start.PlusDays(StopReviewDays), judge), latest);
        var recheck = stop.PlusDays(RecheckDays);
        reviews.Add(new(judge, ReviewKind.Judge, judge < stable.PlusDays(StableDays)
            ? "Judge it now: six months have passed, even if the dose has not been the same for 8 weeks."
            : "Judge it now and not before: 8 weeks on the same dose."));
        reviews.Add(new(stop, ReviewKind.StopReview, "Does it plainly help? If not, stop with your prescriber. No taper is needed."));
        reviews.Add(new(recheck, ReviewKind.Recheck,
            $"Is it still needed? With your prescriber, go down one step for {LowerDays} days. Go up again only if you get worse."));
        reviews.Add(new(recheck.PlusDays(LowerDays), ReviewKind.Recheck, "Compare the last two weeks with before. Stay low if nothing changed; go back up if you got worse."));
        return new([.. reviews.OrderBy(r => r.Date)], stop);
    }

    private static LocalDate Earlier(LocalDate one, LocalDate other) => LocalDate.Min(one, other);

    private static LocalDate Later(LocalDate one, LocalDate other) => LocalDate.Max(one, other);
}

/// <summary>Why a day is one to look again.</summary>
public enum ReviewKind
{
    /// <summary>Before a step up.</summary>
    Step = 1,
    /// <summary>The first day on which the answer counts.</summary>
    Judge,
    /// <summary>Stop unless it plainly helps.</summary>
    StopReview,
    /// <summary>Lower, then raise: is it still needed?</summary>
    Recheck,
}

/// <summary>A day to look again.</summary>
/// <param name="Date">The person's own calendar day.</param>
/// <param name="Kind">Why.</param>
/// <param name="What">What to ask and do, in plain words.</param>
public sealed record ReviewDay(LocalDate Date, ReviewKind Kind, string What);
