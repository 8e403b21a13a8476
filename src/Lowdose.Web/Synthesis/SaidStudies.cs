using System.Globalization;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Synthesis;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Synthesis;

/// <summary>What the person said about a table of studies and how to pool it; empty is "guess" or "as usual".</summary>
public sealed record SaidStudies
{
    /// <summary>What is measured; null to guess.</summary>
    public Measure? Measure { get; init; }
    /// <summary>How τ² is estimated.</summary>
    public TauMethod Method { get; init; } = TauMethod.REML;
    /// <summary>How coefficients are tested.</summary>
    public CoefficientTest Test { get; init; }
    /// <summary>The columns that are moderators.</summary>
    public IReadOnlyList<string> Moderators { get; init; } = [];
    /// <summary>The column of subgroups; empty for none.</summary>
    public string Subgroup { get; init; } = "";
    /// <summary>The column by whose order studies are added up; empty for the file's.</summary>
    public string Order { get; init; } = "";
    /// <summary>The correlation of a person's two scores; empty where a column has it.</summary>
    public string Correlation { get; init; } = "";
    /// <summary>The file's columns by metafor's names; those not named are called so in the file.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>The correlation as a number; null where none is given or it is none.</summary>
    public double? CorrelationValue => double.TryParse(Correlation.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var r) && Math.Abs(r) <= 1 ? r : null;

    /// <summary>What cannot be done as it was said; null where it can.</summary>
    public Refusal? Refusal => Correlation.Length > 0 && CorrelationValue is null ? new(1, $"the correlation “{Correlation}” is no number from −1 to 1", "give a number such as 0.5")
        : Moderators.Count > 0 && Subgroup.Length > 0 ? new(1, "moderators and subgroups exclude each other", "give the groups as a moderator, or the subgroups alone") : null;

    /// <summary>From a posted form. A "set-…" button outranks the field of its name.</summary>
    public static SaidStudies From(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        string Text(string name) => (form["set-" + name] is [{ Length: > 0 } set, ..] ? set : form[name] is [{ Length: > 0 } field, ..] ? field : "").Trim();
        T? Chosen<T>(string name)
            where T : struct, Enum => Enum.TryParse<T>(Text(name), out var value) && Enum.IsDefined(value) && Text(name).All(char.IsAsciiLetter) ? value : null;
        return new()
        {
            Measure = Chosen<Measure>("measure"),
            Method = Chosen<TauMethod>("method") ?? TauMethod.REML,
            Test = Chosen<CoefficientTest>("test") ?? CoefficientTest.Z,
            Moderators = [.. form["moderator"].OfType<string>().Where(m => m.Length > 0).Distinct()],
            Subgroup = Text("subgroup"),
            Order = Text("cumulative"),
            Correlation = Text("correlation"),
            Columns = StudyFormat.ColumnNames.Prepend("study").Where(c => Text(c + "-column").Length > 0).ToDictionary(c => c, c => Text(c + "-column"), StringComparer.Ordinal),
        };
    }
}
