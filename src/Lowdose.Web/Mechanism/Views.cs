namespace Lowdose.Web.Mechanism;

/// <summary>One view of how the receptor is blocked.</summary>
/// <param name="Word">Its word in the address and in the models.</param>
/// <param name="Name">As it is called on the page.</param>
/// <param name="Driver">Its number in the models of the tone.</param>
/// <param name="Output">The output of the model naltrexone that is its block; null: there is none.</param>
/// <param name="Level">How well it is known, A to E.</param>
/// <param name="Says">What it says.</param>
/// <param name="Fits">What it fits.</param>
/// <param name="Misses">What it does not fit.</param>
/// <param name="Sources">Ids of sources.</param>
public sealed record View(string Word, string Name, double Driver, string? Output, char Level, string Says, string Fits, string Misses, IReadOnlyList<string> Sources);

/// <summary>The views, always shown side by side.</summary>
public static class Views
{
    /// <summary>The three that can be chosen.</summary>
    public static IReadOnlyList<View> All { get; } =
    [
        new("slow-offset", "Slow to come free", 1, "OCC_SLOW", 'B', "The drug is slow to leave the receptor. The block lasts for days and adds up.",
            "It fits all brain scans in people, after 2 to 50 mg.", "It does not fit the story of 4 to 6 hours.", ["calc-occupancy", "RABINER2011", "LEE1988", "WEERTS2008"]),
        new("plasma-driven", "As the blood level", 2, "OCC_PLASMA", 'E', "The block rises and falls with the blood level.",
            "With naltrexone alone it fits the story of 4 to 6 hours.", "It does not fit the brain scans, which stay blocked for days.", ["indand", "seed-001", "seed-000"]),
        new("none", "No block in the brain", 0, null, 'E', "A low dose does not block the brain at all.",
            "It fits trials that found no benefit.", "It does not fit the brain scans at 2 and 5 mg.", ["FINAL", "INNOVA"]),
    ];

    /// <summary>The second with naltrexone alone: the view behind “4 to 6 hours”.</summary>
    public static View ParentOnly { get; } = All[1] with { Word = "parent-only", Name = "As the blood level, naltrexone alone", Driver = 3, Output = "OCC_PARENT" };

    /// <summary>All that are run: the three and the variant.</summary>
    public static IReadOnlyList<View> Run { get; } = [.. All, ParentOnly];

    /// <summary>The chosen one first.</summary>
    public static IEnumerable<View> ChosenFirst(string word) => All.OrderBy(v => v.Word != word);

    /// <summary>What a level means, in words.</summary>
    public static string Words(char level) => level switch
    {
        'A' => "Measured in people",
        'B' => "Extrapolated from higher doses",
        'C' => "Small or uncontrolled studies",
        'D' => "Cell or animal finding",
        _ => "Hypothesis – not measured",
    };
}
