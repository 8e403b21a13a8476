using Lowdose.Diary;
using Lowdose.Dosing;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Safety;

/// <summary>What a side effect in the diary asks for, and the change to the plan it proposes. Nothing changes by itself: the person decides with the prescriber.</summary>
/// <param name="Finding">What and why; its subject is the side effect's name.</param>
/// <param name="Episode">The side effect.</param>
/// <param name="Change">The change it proposes from today on; null where it proposes none.</param>
public sealed record SideEffectFinding(Finding Finding, EffectEpisode Episode, RegimenChange? Change)
{
    internal const string AskRule = "side-effect-ask";

    /// <summary>The prescriber is to be asked before the next dose.</summary>
    public bool AsksFirst => Finding.Rule == AskRule;
}

/// <summary>The side-effect rules: ask, move to the morning, hold, step back. Source: design of the plan, claims <c>hold-side-effect</c>, <c>research-dose</c>, <c>severe-effect-contact</c>.</summary>
public static class SideEffects
{
    private const int MildSleepDays = 3;

    /// <summary>What the diary asks for on a day, the strongest first.</summary>
    /// <param name="knowledge">Knows the side effects and the claims.</param>
    /// <param name="record">The diary.</param>
    /// <param name="regimen">The plan; null where there is none, and then no change is proposed.</param>
    /// <param name="today">The person's own day.</param>
    /// <param name="who">Who would decide a change.</param>
    /// <param name="at">When.</param>
    /// <param name="since">The first day on which something was given to be taken, whether or not the diary says that it was; null: only the diary tells.</param>
    public static IReadOnlyList<SideEffectFinding> Of(Knowledge knowledge, CourseRecord record, Regimen? regimen, LocalDate today, string who, Instant at, LocalDate? since = null)
    {
        var findings = new List<SideEffectFinding>();
        var plan = new PlanToday(regimen, today, who, at);
        foreach (var episode in EffectEpisode.On(record, today, since))
        {
            var effect = knowledge.Effects.FirstOrDefault(e => e.Id == episode.Id) ?? new Effect(episode.Id, Words.Capital(episode.Id.Replace('-', ' ')), false, false, null, [], new(default, []));
            SideEffectFinding?[] all = [Ask(knowledge, effect, episode), Morning(knowledge, effect, episode, plan), Lasting(knowledge, effect, episode, plan)];
            findings.AddRange(all.OfType<SideEffectFinding>());
        }
        return [.. findings.OrderBy(f => f.Finding.Level).ThenByDescending(f => f.Episode.Latest)];
    }

    private static SideEffectFinding? Ask(Knowledge knowledge, Effect effect, EffectEpisode episode) =>
        episode.Latest == Severity.Severe || effect.AlwaysAsk
            ? new(Said(knowledge, RuleLevel.Prescriber, SideEffectFinding.AskRule, "severe-effect-contact", effect,
                episode.Latest == Severity.Severe ? "It was severe." : "It is rare, and your prescriber should know.",
                (effect.Now is null ? "" : effect.Now + " ") + "Ask your prescriber before the next dose."), episode, null)
            : null;

    private static SideEffectFinding? Morning(Knowledge knowledge, Effect effect, EffectEpisode episode, PlanToday plan) =>
        effect.Sleep && plan.IsEvening && (episode.Worst >= Severity.Moderate || episode.Written >= MildSleepDays)
            ? new(Said(knowledge, RuleLevel.Caution, "side-effect-morning", "research-dose", effect, "Sleep suffers, and the dose is late in the day.",
                "Take it in the morning. When you change over, leave one dose out. Never take two."), episode, plan.Answer(new Trouble.Insomnia()))
            : null;

    private static SideEffectFinding? Lasting(Knowledge knowledge, Effect effect, EffectEpisode episode, PlanToday plan)
    {
        var days = plan.DaysSinceAnswered(episode, effect.Sleep);
        var asked = new Trouble.SideEffect(days);
        var why = $"It has lasted {days} days.";
        if (days > Trouble.BackAfterDays)
            return plan.IsLowest
                ? new(Said(knowledge, RuleLevel.Prescriber, "side-effect-lowest", "hold-side-effect", effect, why, "This is the lowest dose of your plan. Ask your prescriber whether to go on. You can stop at once. No taper is needed."), episode, null)
                : new(Said(knowledge, RuleLevel.Prescriber, "side-effect-back", "hold-side-effect", effect, why, "Go back one step and tell your prescriber."), episode, plan.Answer(asked));
        if (days < Trouble.HoldAfterDays || plan.IsHeld) return null;
        return plan.IsHighest
            ? new(Said(knowledge, RuleLevel.Caution, "side-effect-wait", "hold-side-effect", effect, why, $"Stay on this dose for now. After {Trouble.BackAfterDays} days of it, go back one step."), episode, null)
            : new(Said(knowledge, RuleLevel.Caution, "side-effect-hold", "hold-side-effect", effect, why, $"Do not go up for {Trouble.HoldDays} days. Stay on the dose you take."), episode, plan.Answer(asked));
    }

    private static Finding Said(Knowledge knowledge, RuleLevel level, string rule, string claim, Effect effect, string why, string what)
    {
        var rests = knowledge.Claims[claim];
        return new(level, rule, effect.Name, why, what, null, rests.Certainty, rests.Mark.Sources, rests.Conflicts);
    }
}
