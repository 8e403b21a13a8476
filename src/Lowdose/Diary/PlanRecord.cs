using Lowdose.Dosing;
using Lowdose.Evidence;
using Lowdose.Quantities;
using NodaTime;

namespace Lowdose.Diary;

/// <summary>The plan as it was written down; null is not written. It becomes a <see cref="Regimen"/> with the knowledge base at hand.</summary>
/// <param name="Fields">Every field in force with the write that set it.</param>
public sealed record PlanRecord(IReadOnlyDictionary<string, Kept> Fields)
{
    /// <summary>The plan out of the log.</summary>
    public static PlanRecord Of(DiaryLog log) => new(log.Now(Subjects.Plan));

    /// <summary>The protocol's id, or "own".</summary>
    public string? Protocol => Text(PlanFields.Protocol);

    /// <summary>The first day.</summary>
    public LocalDate? Start => Text(PlanFields.Start) is { } text ? PlanTexts.Date(text) : null;

    /// <summary>The time of day.</summary>
    public LocalTime? Time => Text(PlanFields.Time) is { } text ? ChangeText.Time(text) : null;

    /// <summary>What is taken.</summary>
    public Product? Product => Text(PlanFields.Product) is { } text ? PlanTexts.Product(text) : null;

    /// <summary>Days each step is held at least.</summary>
    public int? EveryDays => Text(PlanFields.EveryDays) is { } text ? PlanTexts.Number(text, "") : null;

    /// <summary>The highest daily dose.</summary>
    public Mass? Ceiling => Text(PlanFields.Ceiling) is { } text ? PlanTexts.Mass(text) : null;

    /// <summary>Own steps.</summary>
    public IReadOnlyList<TitrationStep>? Steps => Text(PlanFields.Steps) is { } text ? PlanTexts.Steps(text) : null;

    /// <summary>Every change in force, in the order it was decided.</summary>
    public IReadOnlyList<RegimenChange> Changes => [.. Fields.Where(f => DayFields.After(f.Key, PlanFields.ChangeKind) is not null).OrderBy(f => f.Value.Sequence)
        .ThenBy(f => f.Key, StringComparer.Ordinal).Select(f => ChangeText.Read(f.Value.Value, f.Value.By.Actor, f.Value.By.WrittenAt)!)];

    /// <summary>Every bottle and box, the first first.</summary>
    public IReadOnlyList<Supply> Supplies => [.. Fields.Where(f => DayFields.After(f.Key, PlanFields.SupplyKind) is not null)
        .OrderBy(f => f.Value.Sequence).Select(f => Supply.Read(f.Value.Value)!).OrderBy(s => s.From)];

    /// <summary>The regimen it comes to.</summary>
    /// <param name="knowledge">Where the protocols are.</param>
    /// <param name="clearance">From the safety screen; null where there is none yet.</param>
    /// <param name="regimen">Null where it cannot be made.</param>
    /// <returns>Null, or what is missing or wrong and what to do.</returns>
    public Refused? Regimen(Knowledge knowledge, Clearance? clearance, out Regimen? regimen)
    {
        regimen = null;
        if (Titration(knowledge, out var titration, out var usualTime) is { } refused) return refused;
        if (Start is not { } start) return new("the plan has no first day", "choose the first day");
        if (Product is not { } product) return new("the plan does not say what is taken", "choose liquid or capsules");
        if ((Time ?? usualTime) is not { } time) return new("the plan has no time of day", "choose a time");
        regimen = new(titration!, start, time, product, clearance) { Changes = Changes };
        return null;
    }

    private Refused? Titration(Knowledge knowledge, out Titration? titration, out LocalTime? usualTime)
    {
        (titration, usualTime) = (null, null);
        if (Protocol == "own" || (Protocol is null && Steps is not null))
            return Steps is { } steps ? Dosing.Titration.Of("own", steps, Ceiling ?? steps.Max(s => s.PerDay), [], out titration) : new("the plan is an own one and has no steps", "give the doses and days");
        if (Protocol is not { } id) return new("there is no plan yet", "make one");
        if (!knowledge.Protocols.TryGetValue(id, out var protocol)) return new($"there is no protocol '{id}'", "choose one of the list");
        usualTime = protocol.Time();
        return protocol.Titration(EveryDays, Ceiling, out titration);
    }

    private string? Text(string field) => Fields.GetValueOrDefault(field)?.Value;
}
