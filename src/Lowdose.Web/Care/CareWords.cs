using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Safety;
using Lowdose.Web.Plans;
using Lowdose.Web.Plots;
using Lowdose.Web.Prepare;
using NodaTime;

namespace Lowdose.Web.Care;

/// <summary>What needs a prescriber, in words: what first, then the facts, then since when. Nobody is blamed, nobody is ranked.</summary>
internal static class CareWords
{
    /// <summary>What it is, in few words, without a full stop.</summary>
    public static string What(Attention attention) => DoseWords.Kept(attention switch
    {
        Attention.Stopped stopped => $"{(stopped.Finding.Level == Evidence.RuleLevel.Block ? "Stop" : "Wait")}: {stopped.Finding.Subject}{(stopped.IsNew ? ", new since the course began" : "")}",
        Attention.AskFirst asks => $"{asks.Asked.Finding.Subject}: asks for you before the next dose",
        Attention.SideEffect lasts => $"{lasts.Asked.Finding.Subject} lasts, and nobody has answered yet",
        Attention.Operation operation => Words.Capital(operation.Finding.Subject),
        Attention.NewMedicine { Finding: null } medicine => $"{medicine.Name}: Lowdose does not know it",
        Attention.NewMedicine medicine => $"New medicine: {medicine.Name}",
        Attention.VerdictChanged { Was: { } was } verdict => $"The answer was “{Figures.Of(was)}”, and is “{Figures.Of(verdict.Now)}” now",
        Attention.VerdictChanged verdict => $"The answer is “{Figures.Of(verdict.Now)}”",
        Attention.NotApproved => "The plan is not approved",
        Attention.ChangedSince => "The plan was changed after it was approved",
        Attention.StepHeld held => $"The step to {held.Next.PerDay} a day is held",
        Attention.ReviewDue { Review.Kind: ReviewKind.Recheck } => "Is it still needed?",
        Attention.ReviewDue => "Time to judge it",
        Attention.Silent silent => $"Nothing was written for {DoseWords.Days(silent.Days)}",
        Attention.SupplyEnds => "The supply ends",
        _ => throw new ArgumentOutOfRangeException(nameof(attention)),
    });

    /// <summary>The facts, a sentence or two; null where there are no more.</summary>
    public static string? Facts(Attention attention) => attention switch
    {
        Attention.Stopped stopped => stopped.Finding.Why,
        Attention.AskFirst asks => DoseWords.Kept(asks.Asked.Finding.Why),
        Attention.SideEffect lasts => DoseWords.Kept($"{lasts.Asked.Finding.Why} {lasts.Asked.Finding.Do}"),
        Attention.Operation { Finding.Pause: { } pause } => $"The last dose before it is on {PlanWords.Iso(pause.LastDose)}. The plan goes on after that day.",
        Attention.NewMedicine { Finding: null } => "Does it hold an opioid?",
        Attention.NewMedicine { Finding: { } finding } => finding.Why,
        Attention.StepHeld held => DoseWords.Kept($"{Words.Capital(held.Hold.Why)}."),
        Attention.ReviewDue review => DoseWords.Kept(review.Review.What),
        _ => null,
    };

    /// <summary>Since when, or by when.</summary>
    /// <param name="attention">What.</param>
    /// <param name="today">The day it is.</param>
    public static string Since(Attention attention, LocalDate today) => attention switch
    {
        Attention.SupplyEnds or Attention.ReviewDue when attention.Since >= today => $"By {PlanWords.Day(attention.Since)}.",
        Attention.VerdictChanged { Was: not null } => $"Since {PlanWords.Day(attention.Since)}, the last decision.",
        Attention.Silent => $"Since {PlanWords.Day(attention.Since)}.",
        _ when attention.Since == today => "Since today.",
        _ => $"Since {PlanWords.Day(attention.Since)}{(Period.DaysBetween(attention.Since, today) is var days && days > 0 ? $", {DoseWords.Days(days)}" : "")}.",
    };
}
