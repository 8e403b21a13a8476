using Lowdose.Dosing;
using Lowdose.Evidence;
using NodaTime;

namespace Lowdose.Trials;

/// <summary>How far a trial is.</summary>
public enum TrialStage
{
    /// <summary>It has a design.</summary>
    Designed = 1,
    /// <summary>At least one person has consented.</summary>
    Consented,
    /// <summary>The plan is locked; the allocation is drawn, sealed and committed to.</summary>
    Sealed,
    /// <summary>Somebody has started.</summary>
    Running,
    /// <summary>It ran its course, or was stopped.</summary>
    Closed,
    /// <summary>The commitment was opened.</summary>
    Revealed,
}

/// <summary>A blinded trial of ours: a design and what happened, in order. It holds no arm. A published trial is a <see cref="Study"/>.</summary>
/// <param name="Id">Letters, digits and hyphens.</param>
/// <param name="Design">The design.</param>
/// <param name="Records">Everything that happened, the first first.</param>
public sealed record Trial(string Id, Design Design, IReadOnlyList<TrialRecord> Records)
{
    /// <summary>The longest id of a trial or a subject.</summary>
    public const int LongestId = 40;

    /// <summary>A new trial.</summary>
    /// <param name="id">Letters, digits and hyphens.</param>
    /// <param name="design">Read and checked.</param>
    /// <param name="trial">Null where it is refused.</param>
    /// <returns>Null, or why it is refused.</returns>
    public static Refused? New(string id, Design design, out Trial? trial)
    {
        trial = null;
        if (NotAnId(id) is { } wrong) return wrong;
        if (design.Id.Length == 0 || design.Title.Length == 0) return new("the design has no id or title", "add 'id' and 'title' to its file");
        // An up-and-down search is run person by person and deals nothing.
        if (design.TrialOrUsual.Allocation != DesignAllocation.UpAndDown && TrialDesign.Wrong(design) is { } undealt) return undealt;
        trial = new(id, design, []);
        return null;
    }

    /// <summary>Adds what happened.</summary>
    /// <param name="record">Who, when, what.</param>
    /// <param name="next">The trial with it; null where it is refused.</param>
    /// <returns>Null, or why it cannot be.</returns>
    public Refused? Add(TrialRecord record, out Trial? next)
    {
        next = null;
        if (string.IsNullOrWhiteSpace(record.Actor)) return new("nobody is named who did it", "say who");
        if (TrialRules.Against(this, record) is { } refused) return refused;
        next = this with { Records = [.. Records, record] };
        return null;
    }

    /// <summary>How far it is.</summary>
    public TrialStage Stage => Has<TrialRecord.Revealed>() ? TrialStage.Revealed : Has<TrialRecord.Closed>() ? TrialStage.Closed : Has<TrialRecord.Started>() ? TrialStage.Running
        : Commitment is not null ? TrialStage.Sealed : Has<TrialRecord.Consented>() ? TrialStage.Consented : TrialStage.Designed;

    /// <summary>Its places, in the order they were made.</summary>
    public IReadOnlyList<TrialSubject> Subjects => [.. Records.OfType<TrialRecord.Enrolled>().Select(e => e.Subject)];

    /// <summary>The analysis plan; null until it is locked.</summary>
    public AnalysisPlan? Plan => Records.OfType<TrialRecord.PlanLocked>().SingleOrDefault()?.Plan;

    /// <summary>What was published of the allocation; null until it is sealed.</summary>
    public Commitment? Commitment => Records.OfType<TrialRecord.AllocationSealed>().SingleOrDefault()?.Commitment;

    /// <summary>The kits, without what they hold; null until they are made.</summary>
    public KitList? Kits => Records.OfType<TrialRecord.KitsMade>().SingleOrDefault()?.Kits;

    /// <summary>The spares that were given out, in order.</summary>
    public IReadOnlyList<TrialRecord.SpareGiven> SparesGiven => [.. Records.OfType<TrialRecord.SpareGiven>()];

    /// <summary>The number to take instead of a kit's: its own, or that of the last spare given out in its place.</summary>
    /// <param name="kit">The kit's number.</param>
    public int InPlaceOf(int kit) => SparesGiven.Where(g => g.Kit == kit).Select(g => (int?)g.Spare).FirstOrDefault() is { } spare ? InPlaceOf(spare) : kit;

    /// <summary>The kit that a number was made for, or stands in for; null where there is none, or it is a spare on the shelf.</summary>
    /// <param name="number">Of a kit or of a spare.</param>
    public Kit? FirstOf(int number) => SparesGiven.FirstOrDefault(g => g.Spare == number) is { } given ? FirstOf(given.Kit) : Kits?.All.FirstOrDefault(k => k.Number == number && k.Subject is not null);

    /// <summary>Whether it is an up-and-down search, in which nothing is dealt ahead.</summary>
    public bool IsSearch => Design.TrialOrUsual.Allocation == DesignAllocation.UpAndDown;

    /// <summary>Whether its answer may be read: it was revealed, or, where nothing was dealt ahead, it is over.</summary>
    public bool HasAnswer => Stage == TrialStage.Revealed || (IsSearch && Stage == TrialStage.Closed);

    /// <summary>The kits of an up-and-down search, in the order they were made.</summary>
    public IReadOnlyList<TrialRecord.KitMade> KitsOfSearch => [.. Records.OfType<TrialRecord.KitMade>()];

    /// <summary>Whether it helped somebody in an up-and-down search; null until it is said.</summary>
    /// <param name="subject">The place's id.</param>
    public bool? AnswerOf(string subject) => Records.OfType<TrialRecord.Answered>().FirstOrDefault(a => a.Subject == subject)?.Helped;

    /// <summary>What was guessed, in order.</summary>
    public IReadOnlyList<TrialRecord.Guessed> Guesses => [.. Records.OfType<TrialRecord.Guessed>()];

    /// <summary>Whether a subject's allocation was opened before the end.</summary>
    public bool IsUnblinded(string subject) => Records.OfType<TrialRecord.Unblinded>().Any(u => u.Subject == subject);

    /// <summary>The periods of a subject; empty until they start.</summary>
    /// <param name="subject">The place's id.</param>
    public IReadOnlyList<TreatmentPeriod> PeriodsOf(string subject)
    {
        if (Records.OfType<TrialRecord.Started>().SingleOrDefault(s => s.Subject == subject) is not { } started) return [];
        var stops = Records.OfType<TrialRecord.PeriodStopped>().Where(s => s.Subject == subject).ToDictionary(s => s.Period, s => s.Day);
        var left = Records.OfType<TrialRecord.Withdrawn>().SingleOrDefault(w => w.Subject == subject)?.Day;
        return [.. TreatmentPeriod.Of(Design, started.First).Select(p => stops.TryGetValue(p.Number, out var day) ? p with { StoppedOn = day } : left < p.Last ? p with { StoppedOn = left } : p)];
    }

    /// <summary>The run-in and wash-outs of a subject; empty until they start.</summary>
    /// <param name="subject">The place's id.</param>
    public IReadOnlyList<Washout> WashoutsOf(string subject) =>
        Records.OfType<TrialRecord.Started>().SingleOrDefault(s => s.Subject == subject) is { } started ? Washout.Of(Design, started.First) : [];

    /// <summary>The periods that are not over on a day; 0 stands for somebody who has not begun. Of whoever left, none remains.</summary>
    /// <param name="today">The day.</param>
    public IReadOnlyList<(string Subject, int Period)> Remaining(LocalDate today) =>
        [.. Subjects.Where(s => !HasLeft(s.Id)).SelectMany(s => PeriodsOf(s.Id) is { Count: > 0 } periods ? periods.Where(p => (p.StoppedOn ?? p.Last) >= today).Select(p => (s.Id, p.Number)) : [(s.Id, 0)])];

    /// <summary>Whether a subject left.</summary>
    /// <param name="subject">The place's id.</param>
    public bool HasLeft(string subject) => Records.OfType<TrialRecord.Withdrawn>().Any(w => w.Subject == subject);

    /// <summary>How a period was stopped for safety; null where it was not.</summary>
    /// <param name="subject">The place's id.</param>
    /// <param name="period">Its number.</param>
    public TrialRecord.PeriodStopped? StopOf(string subject, int period) => Records.OfType<TrialRecord.PeriodStopped>().FirstOrDefault(s => s.Subject == subject && s.Period == period);

    internal bool Has<T>() where T : TrialRecord => Records.OfType<T>().Any();

    internal static Refused? NotAnId(string id) => id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? new($"\"{id}\" cannot be a name in a trial", $"use letters, digits and hyphens, {LongestId} at most") : null;
}
