using System.Globalization;
using Lowdose.Dosing;
using Lowdose.Quantities;

namespace Lowdose.Trials;

/// <summary>One line of the pharmacy sheet.</summary>
/// <param name="Kit">The kit.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Dose">What a day's dose holds; zero in placebo.</param>
/// <param name="Doses">How many doses to make, the spare ones included.</param>
public sealed record SheetLine(Kit Kit, string Arm, Mass Dose, int Doses);

/// <summary>
/// What each kit holds: for the pharmacist, or for a friend who fills bottles for someone alone, and for nobody else. It is opened on the record.
/// </summary>
public sealed class PharmacySheet
{
    private const int FirstNumber = 100_000, Numbers = 900_000;

    private PharmacySheet(KitList kits, IReadOnlyList<SheetLine> lines) => (Kits, Lines) = (kits, lines);

    /// <summary>The kits without what they hold.</summary>
    public KitList Kits { get; }

    /// <summary>What they hold; the order of <see cref="KitList.All"/>.</summary>
    public IReadOnlyList<SheetLine> Lines { get; }

    /// <summary>How many days before its first use a kit may be made at the earliest, so that it does not run out of date in use.</summary>
    public int MadeAtMostDaysBefore => Kits.Order.ShelfLifeDays!.Value - Kits.Order.PackDays - Kits.Order.SpareDays;

    /// <summary>How to make what cannot be told apart.</summary>
    public IReadOnlyList<string> Recipe => Kits.Order.Form switch
    {
        KitForm.Liquid liquid =>
        [
            $"Every bottle gives {liquid.Dose} a dose. The strength is the dose in that volume; it stands beside each kit.",
            "Placebo: the same vehicle, made the same way, without the drug.",
            "The two must look, smell and taste the same. Compare them before the first is given out. If they differ, hide it in the vehicle, or use capsules.",
        ],
        _ =>
        [
            "Every pack has capsules of one size, colour and weight. The dose of one stands beside each kit.",
            "Placebo: the same shell and filler, made the same way, without the drug.",
            CapsulePlan.Fillers,
        ],
    };

    /// <summary>How a friend makes what cannot be told apart.</summary>
    public static IReadOnlyList<string> ForAFriend { get; } =
    [
        "Have the pharmacy make two stocks that look and taste the same: one of each strength named here, and one of placebo.",
        "Fill each bottle from its stock, stick on its label, and check the number twice.",
    ];

    /// <summary>Opens the sheet.</summary>
    /// <param name="trial">Sealed.</param>
    /// <param name="allocation">Its allocation.</param>
    /// <param name="record">Who opens it, when, and how kits are made up: the same order gives the same numbers.</param>
    /// <param name="keep">Keeps the record and the trial with it; null where it is kept, or why it is not. Called before anything is opened.</param>
    /// <param name="sheet">Null where it is refused.</param>
    /// <returns>Null, or why it is not opened.</returns>
    public static Refused? Open(Trial trial, Allocation allocation, TrialRecord.SheetOpened record, Func<TrialRecord.SheetOpened, Trial, Refused?> keep, out PharmacySheet? sheet)
    {
        sheet = null;
        if (trial.Commitment != allocation.Commitment) return new("the allocation is of another trial", "open the one that belongs to it");
        if (trial.Add(record, out var next) is { } refused) return refused;
        if (keep(record, next!) is { } notKept) return notKept;
        sheet = Of(trial, allocation.Opened(), record.Order);
        return null;
    }

    private static PharmacySheet Of(Trial trial, Opening opening, KitOrder order)
    {
        var arms = TrialArm.Of(trial.Design).ToDictionary(a => a.Name, StringComparer.Ordinal);
        var numbers = Distinct(new SeededDraw(Convert.FromHexString(opening.Seed), "kits")).GetEnumerator();
        var stretches = KitList.Stretches(trial.Design, order.PackDays);
        List<SheetLine> lines = [.. opening.Periods.SelectMany(p => stretches.Select(s => Line(new(Next(), p.Subject, p.Period, s.First, s.Last), arms[p.Arm], order)))];
        // A spare stands in for any kit of its arm and its step.
        var steps = stretches.GroupBy(s => Dose(arms.Values.First(a => a.Drug), s.First)).Select(g => g.First()).ToArray();
        SheetLine[] spares = [.. arms.Values.SelectMany(a => steps.SelectMany(s => Enumerable.Range(0, order.SparesPerArm).Select(_ => Spare(a, s))))];
        lines.AddRange(spares.OrderBy(s => s.Kit.Number));
        return new(new(trial.Id, order, [.. lines.Select(l => l.Kit)]), lines);

        int Next() => numbers.MoveNext() ? numbers.Current : throw new InvalidOperationException("there are more kits than numbers");

        SheetLine Spare(TrialArm arm, (int First, int Last) s) => Line(new(Next(), null, null, steps.Length == 1 ? null : s.First, null), arm, order) with { Doses = order.PackDays + order.SpareDays };
    }

    private static SheetLine Line(Kit kit, TrialArm arm, KitOrder order) => new(kit, arm.Name, Dose(arm, kit.FirstDay ?? 1), (kit.LastDay - kit.FirstDay + 1 ?? 0) + order.SpareDays);

    private static Mass Dose(TrialArm arm, int day)
    {
        if (!arm.Drug || arm.Steps.Count == 0) return arm.Dose;
        var end = 0;
        foreach (var step in arm.Steps)
            if (day <= (end += step.Days)) return step.Dose;
        return arm.Dose;
    }

    /// <summary>Finds the spare that holds what a kit holds.</summary>
    /// <param name="trial">As it is now.</param>
    /// <param name="number">Of the kit, or the spare, that is gone.</param>
    /// <param name="spare">Null where it is refused.</param>
    /// <returns>Null, or why there is none.</returns>
    public Refused? SpareFor(Trial trial, int number, out Kit? spare)
    {
        spare = null;
        if (TrialRules.NoSpareFor(trial, number) is { } none) return none;
        var gone = Lines.First(l => l.Kit == trial.FirstOf(number));
        spare = Lines.First(l => l.Kit.Subject is null && l.Arm == gone.Arm && TrialRules.SameStep(trial, l.Kit, gone.Kit) && trial.SparesGiven.All(g => g.Spare != l.Kit.Number)).Kit;
        return null;
    }

    private static IEnumerable<int> Distinct(SeededDraw draw)
    {
        var taken = new HashSet<int>();
        while (taken.Count < Numbers)
            if (FirstNumber + draw.Below(Numbers) is var number && taken.Add(number)) yield return number;
    }

    /// <summary>The sheet to print: what to make, kit by kit, with a place to sign.</summary>
    /// <param name="friend">For a friend who fills bottles from two stocks, rather than for a pharmacist.</param>
    public string Print(bool friend = false)
    {
        var text = new System.Text.StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Trial {Kits.Trial}: what each kit holds");
        text.AppendLine(friend ? "For the friend who fills the bottles. Keep it shut away until the trial is over. Do not tell, and do not hint." : "For the pharmacist only. Keep it where nobody else of the trial can read it.");
        text.AppendLine(CultureInfo.InvariantCulture, $"A kit keeps {Kits.Order.ShelfLifeDays} days. Make it no more than {MadeAtMostDaysBefore} days before its first day of use.");
        foreach (var line in friend ? ForAFriend : Recipe) text.AppendLine(line);
        text.AppendLine();
        foreach (var line in Lines) text.AppendLine(Content(line));
        text.AppendLine().AppendLine("Made by ____________________   Checked by ____________________");
        return text.ToString().ReplaceLineEndings("\n");
    }

    private string Content(SheetLine line)
    {
        var content = line.Dose == Mass.Zero ? "placebo" : Kits.Order.Form is KitForm.Liquid liquid ? $"naltrexone hydrochloride {line.Dose} in {liquid.Dose}" : $"naltrexone hydrochloride {line.Dose} a capsule";
        var whose = line.Kit.Subject is null ? line.Kit.FirstDay is null ? "spare" : string.Create(CultureInfo.InvariantCulture, $"spare, for days from {line.Kit.FirstDay}") : string.Create(CultureInfo.InvariantCulture, $"{line.Kit.Subject}, period {line.Kit.Period}, days {line.Kit.FirstDay} to {line.Kit.LastDay}");
        return string.Create(CultureInfo.InvariantCulture, $"[ ] Kit {line.Kit.Number}   {whose}   {content}   {line.Doses} doses");
    }
}
