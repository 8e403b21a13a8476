using System.Text.Json;
using Lowdose.Science.Inference.Synthesis;

namespace Lowdose.Exchange;

/// <summary>A meta-analysis as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class MetaJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="table">The studies as they were read.</param>
    /// <param name="analysis">What they say together.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(StudyTable table, MetaAnalysis analysis, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        Write(json, table, analysis);
    }

    /// <summary>Writes the object into a larger one.</summary>
    /// <param name="json">Stands where a value may.</param>
    /// <param name="table">The studies as they were read.</param>
    /// <param name="analysis">What they say together.</param>
    /// <param name="name">The model's name, first in the object; null for none.</param>
    public static void Write(Utf8JsonWriter json, StudyTable table, MetaAnalysis analysis, string? name = null)
    {
        var fit = analysis.Fit;
        json.WriteStartObject();
        if (name is not null) json.WriteString("name", name);
        json.WriteString("measure", table.Measure.ToString());
        json.WriteString("method", analysis.Set.Method.ToString());
        json.WriteString("test", TestName(fit.Test));
        json.WriteNumber("k", fit.K);
        // With moderators there is no one effect; the intercept is among the coefficients.
        var pooled = table.Moderators.Count == 0 ? fit.Pooled : MetaCoefficient.None;
        json.Numbers(("estimate", pooled.Estimate), ("se", pooled.Se), ("df", fit.Df), ("zOrT", pooled.Statistic), ("p", pooled.P), ("lo", pooled.Lo), ("hi", pooled.Hi),
            ("predictionLo", fit.Prediction.Lo), ("predictionHi", fit.Prediction.Hi),
            ("tau2", fit.Tau2), ("seTau2", fit.SeTau2), ("tau2Lo", analysis.TauInterval.Lo), ("tau2Hi", analysis.TauInterval.Hi),
            ("I2", fit.I2), ("H2", fit.H2), ("Q", fit.Q.Statistic), ("dfQ", fit.Q.Df), ("pQ", fit.Q.P), ("logLik", fit.LogLikelihood));
        Natural(json, table, pooled, fit.Prediction);
        Studies(json, table, fit);
        json.WriteStartArray("coefficients");
        Coefficient(json, "intercept", fit.Coefficients[0]);
        for (var i = 0; i < table.Moderators.Count; i++) Coefficient(json, table.Moderators[i].Name, fit.Coefficients[i + 1]);
        json.WriteEndArray();
        json.Object("moderators", ("QM", fit.Moderators.Statistic), ("df", fit.Moderators.Df), ("dfResidual", fit.Moderators.DfBelow), ("p", fit.Moderators.P), ("R2", fit.R2));
        Sensitivity(json, table, analysis);
        Groups(json, table, analysis.Subgroups);
        json.WriteStartArray("notes");
        foreach (var note in MetaWords.Notes(table, analysis)) json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string TestName(CoefficientTest test) => test switch
    {
        CoefficientTest.KnappHartung => "knapp-hartung",
        CoefficientTest.KnappHartungAdHoc => "knapp-hartung-adhoc",
        _ => "z",
    };

    private static void Natural(Utf8JsonWriter json, StudyTable table, MetaCoefficient pooled, PredictionInterval prediction)
    {
        var scale = new MetaScale(table);
        json.Object("natural", ("estimate", scale.Pooled(pooled.Estimate)), ("lo", scale.Pooled(pooled.Lo)), ("hi", scale.Pooled(pooled.Hi)),
            ("predictionLo", scale.Pooled(prediction.Lo)), ("predictionHi", scale.Pooled(prediction.Hi)));
    }

    private static void Studies(Utf8JsonWriter json, StudyTable table, MetaFit fit)
    {
        json.WriteStartArray("studies");
        for (var i = 0; i < table.Effects.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("study", table.Names[i]);
            json.Numbers(("yi", table.Effects[i].Estimate), ("vi", table.Effects[i].Variance), ("weight", fit.Weights[i]));
            if (fit.Fitted.Count > 0)
            {
                var fitted = fit.Fitted[i];
                json.Object("fitted", ("estimate", fitted.Estimate), ("se", fitted.Se), ("lo", fitted.Lo), ("hi", fitted.Hi), ("predictionLo", fitted.Prediction.Lo), ("predictionHi", fitted.Prediction.Hi));
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Coefficient(Utf8JsonWriter json, string name, MetaCoefficient coefficient)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.Numbers(("estimate", coefficient.Estimate), ("se", coefficient.Se), ("lo", coefficient.Lo), ("hi", coefficient.Hi), ("zOrT", coefficient.Statistic), ("p", coefficient.P));
        json.WriteEndObject();
    }

    private static void Sensitivity(Utf8JsonWriter json, StudyTable table, MetaAnalysis analysis)
    {
        json.Object("egger", ("z", analysis.Egger?.Statistic), ("df", analysis.Egger?.Df), ("p", analysis.Egger?.P),
            ("limit", analysis.Egger?.Limit.Estimate), ("limitLo", analysis.Egger?.Limit.Lo), ("limitHi", analysis.Egger?.Limit.Hi));
        var filled = analysis.TrimmedAndFilled;
        json.WriteStartObject("trimFill");
        json.Number("k0", filled?.Missing);
        json.Text("side", filled is null ? null : filled.OnTheRight ? "right" : "left");
        json.Numbers(("estimate", filled?.Fit.Pooled.Estimate), ("se", filled?.Fit.Pooled.Se), ("lo", filled?.Fit.Pooled.Lo), ("hi", filled?.Fit.Pooled.Hi), ("tau2", filled?.Fit.Tau2));
        json.WriteEndObject();
        Refits(json, "leaveOneOut", analysis.LeaveOneOut, i => table.Names[i]);
        Refits(json, "cumulative", analysis.Cumulative, i => table.Names[analysis.Order[i]]);
    }

    private static void Refits(Utf8JsonWriter json, string key, IReadOnlyList<MetaFit> fits, Func<int, string> name)
    {
        json.WriteStartArray(key);
        for (var i = 0; i < fits.Count; i++)
        {
            var (fit, pooled) = (fits[i], fits[i].Pooled);
            json.WriteStartObject();
            json.WriteString("study", name(i));
            json.Numbers(("estimate", pooled.Estimate), ("se", pooled.Se), ("lo", pooled.Lo), ("hi", pooled.Hi), ("p", pooled.P), ("tau2", fit.Tau2), ("I2", fit.I2), ("Q", fit.Q.Statistic));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Groups(Utf8JsonWriter json, StudyTable table, Subgroups? subgroups)
    {
        if (subgroups is null)
        {
            json.WriteNull("subgroups");
            return;
        }
        json.WriteStartObject("subgroups");
        json.WriteStartArray("groups");
        foreach (var (group, fit) in subgroups.Groups)
        {
            json.WriteStartObject();
            json.WriteString("name", table.GroupNames[group]);
            json.WriteNumber("k", fit.K);
            var pooled = fit.Pooled;
            json.Numbers(("estimate", pooled.Estimate), ("se", pooled.Se), ("lo", pooled.Lo), ("hi", pooled.Hi), ("p", pooled.P), ("tau2", fit.Tau2), ("I2", fit.I2), ("Q", fit.Q.Statistic), ("dfQ", fit.Q.Df), ("pQ", fit.Q.P));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Object("between", ("Q", subgroups.Between.Statistic), ("df", subgroups.Between.Df), ("p", subgroups.Between.P));
        json.WriteEndObject();
    }
}
