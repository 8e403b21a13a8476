using Lowdose.Evidence;
using Lowdose.Safety;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>A person who answers everything and takes nothing, and what they may add.</summary>
internal static class Some
{
    public static readonly LocalDate Today = new(2026, 11, 21);
    public static readonly Knowledge Knowledge = Knowledge.BuiltIn();
    public static readonly Screen Screen = new(Knowledge);
    public static readonly Profile Person = new([], [], [], Pregnancy.No, 43, [], [], Today);

    public static Screening ScreenOf(params Medicine[] medicines) => Screen.Of(Person with { Medicines = medicines });

    public static Finding Only(this Screening screening, string rule) => screening.Findings.Single(f => f.Rule == rule);

    public static IEnumerable<string> In(string text) => Screen.Recognise(new Medicine(text)).Select(f => f.Substance.Id);
}
