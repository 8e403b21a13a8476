using System.Globalization;
using Lowdose.Evidence;
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
        if (regimen.Titration.Protocol is { IsPrudent: false } protocol) reviews.AddRange(OfTheSource(protocol, regimen.Start, stable));
        return new([.. reviews.OrderBy(r => r.Date)], stop);
    }

    /// <summary>What the protocol's own source asks for. The prudent one asks for what is above.</summary>
    private static IEnumerable<ReviewDay> OfTheSource(Protocol protocol, LocalDate start, LocalDate stable)
    {
        if (protocol.EvaluateWeeks is { } judged)
        {
            var from = protocol.EvaluateFrom == EvaluateFrom.LastStep ? stable : start;
            yield return new(After(from, judged.Low), ReviewKind.SourceJudge,
                $"{protocol.Id} itself is judged after {Weeks(judged)} {(protocol.EvaluateFrom == EvaluateFrom.LastStep ? "at the last dose" : "from the start")}.");
        }
        if (protocol.StopReviewWeeks is { } stopped)
            yield return new(After(start, stopped.Low), ReviewKind.SourceStop, $"{protocol.Id} itself is stopped after {Weeks(stopped)} from the start if nothing came of it.");
    }

    /// <summary>A number of weeks, or two.</summary>
    public static string Weeks(Figure weeks) =>
        string.Create(CultureInfo.InvariantCulture, $"{(weeks.Low == weeks.High ? "" : $"{weeks.Low:0.#} to ")}{weeks.High:0.#} {(weeks.High == 1 ? "week" : "weeks")}");

    private static LocalDate After(LocalDate day, decimal weeks) => day.PlusDays((int)decimal.Ceiling(7 * weeks));

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
    /// <summary>The protocol's own day to judge.</summary>
    SourceJudge,
    /// <summary>The protocol's own day to stop if nothing came of it.</summary>
    SourceStop,
}

/// <summary>A day to look again.</summary>
/// <param name="Date">The person's own calendar day.</param>
/// <param name="Kind">Why.</param>
/// <param name="What">What to ask and do, in plain words.</param>
public sealed record ReviewDay(LocalDate Date, ReviewKind Kind, string What);
