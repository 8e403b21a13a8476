using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Science.Inference;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Exchange;

/// <summary>A pool as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class PoolJson
{
    /// <summary>Writes a one-stage pool as UTF-8.</summary>
    /// <param name="effect">What to write.</param>
    /// <param name="diaries">Whose it is.</param>
    /// <param name="terms">The names of the fixed effects.</param>
    /// <param name="restricted">REML; else ML.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(PooledEffect effect, PooledDiaries diaries, IReadOnlyList<string> terms, bool restricted, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("route", "one-stage");
        json.WriteString("method", restricted ? "REML" : "ML");
        json.WriteNumber("n", diaries.Names.Count);
        json.WriteNumber("observations", effect.Observations);
        json.WriteNumber("leftOut", diaries.LeftOut);
        json.Number("tau", effect.TauDays);
        json.Number("logLik", effect.LogLikelihood);
        json.WriteStartArray("fixed");
        for (var i = 0; i < terms.Count; i++) Fixed(json, terms[i], effect.Fixed[i]);
        json.WriteEndArray();
        json.WriteStartObject("random");
        json.Number("sdIntercept", effect.SdIntercept);
        json.Number("sdEffect", effect.SdEffect);
        json.Number("corr", effect.Correlation);
        json.WriteEndObject();
        json.Number("rho", effect.Rho);
        json.Number("sigma", effect.Sigma);
        New(json, effect.NewPerson);
        People(json, diaries.Names, effect.People, effect.RespondersShrunken, effect.RespondersRaw);
        json.WriteStartArray("boundary");
        foreach (var edge in effect.Edges) json.WriteStringValue(PoolWords.Of(edge));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a two-stage pool as UTF-8: the same keys, with null for what tables do not carry.</summary>
    /// <param name="effect">What to write; benefit negative.</param>
    /// <param name="higherIsBetter">Then effects are turned to the outcome's own sign.</param>
    /// <param name="ids">One a table.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(CombinedEffect effect, bool higherIsBetter, IReadOnlyList<string> ids, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        var (mean, next) = (Turned(effect.Effect, higherIsBetter), Turned(effect.NewPerson, higherIsBetter));
        json.WriteStartObject();
        json.WriteString("route", "two-stage");
        json.WriteString("method", "Bayes");
        json.WriteNumber("n", ids.Count);
        foreach (var absent in new[] { "observations", "leftOut", "tau", "logLik" }) json.WriteNull(absent);
        json.WriteStartArray("fixed");
        Fixed(json, "intercept", new(double.NaN, double.NaN, double.NaN, double.NaN));
        Fixed(json, "effect", new(mean.Mean, mean.Sd, mean.Q025, mean.Q975));
        json.WriteEndArray();
        json.WriteStartObject("random");
        json.WriteNull("sdIntercept");
        json.Number("sdEffect", effect.Spread.Mean);
        json.WriteNull("corr");
        json.Dist("sdEffectPosterior", effect.Spread);
        json.WriteEndObject();
        json.WriteNull("rho");
        json.WriteNull("sigma");
        New(json, new(next.Mean, next.Q025, next.Q975));
        People(json, ids, [.. effect.People.Select(p => higherIsBetter ? p with { Effect = -p.Effect } : p)], effect.RespondersShrunken, effect.RespondersRaw);
        json.WriteStartArray("boundary");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The same posterior in the outcome's own sign.</summary>
    public static Summary Turned(Summary summary, bool turn) => turn ? new(-summary.Mean, summary.Sd, -summary.Q975, -summary.Q50, -summary.Q025) : summary;

    private static void Fixed(Utf8JsonWriter json, string name, FixedEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.Number("estimate", effect.Estimate);
        json.Number("se", effect.Se);
        json.Number("lo", effect.Lo);
        json.Number("hi", effect.Hi);
        json.WriteEndObject();
    }

    private static void New(Utf8JsonWriter json, NewPerson person)
    {
        json.WriteStartObject("newPatient");
        json.Number("mean", person.Mean);
        json.Number("lo", person.Lo);
        json.Number("hi", person.Hi);
        json.WriteEndObject();
    }

    private static void People(Utf8JsonWriter json, IReadOnlyList<string> ids, IReadOnlyList<PersonEffect> people, double shrunken, double raw)
    {
        json.WriteStartArray("people");
        for (var i = 0; i < people.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", ids[i]);
            json.Number("effect", people[i].Effect);
            json.Number("se", people[i].Se);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("responders");
        json.Number("shrunken", shrunken);
        json.Number("raw", raw);
        json.WriteEndObject();
    }
}
