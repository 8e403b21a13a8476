using System.Text.Json;
using Lowdose.Diary;
using Lowdose.Science.Inference.Pooling;

namespace Lowdose.Exchange;

/// <summary>A pool as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class PoolJson
{
    /// <summary>Writes a one-stage pool as UTF-8.</summary>
    /// <param name="pool">What to write.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(DiaryPool pool, Stream stream)
    {
        var (effect, terms) = (pool.Effect, pool.Analysis.Terms);
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("route", "one-stage");
        json.WriteString("method", pool.Analysis.Restricted ? "REML" : "ML");
        json.WriteNumber("n", pool.Diaries.Names.Count);
        json.WriteNumber("observations", effect.Observations);
        json.WriteNumber("leftOut", pool.Diaries.LeftOut);
        json.Numbers(("tau", effect.TauDays), ("logLik", effect.LogLikelihood));
        json.WriteStartArray("fixed");
        for (var i = 0; i < terms.Count; i++) Fixed(json, terms[i], effect.Fixed[i]);
        json.WriteEndArray();
        json.Object("random", ("sdIntercept", effect.SdIntercept), ("sdEffect", effect.SdEffect), ("corr", effect.Correlation));
        json.Numbers(("rho", effect.Rho), ("sigma", effect.Sigma));
        People(json, effect.NewPerson, pool.Diaries.Names, effect.People, effect.RespondersShrunken, effect.RespondersRaw);
        Remarks(json, effect.Edges.Select(PoolWords.Of), pool.Diaries.LeftOutPeople);
        json.WriteEndObject();
    }

    /// <summary>Writes a two-stage pool as UTF-8: the same keys, with null for what tables do not carry.</summary>
    /// <param name="pool">What to write.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(TablePool pool, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteString("route", "two-stage");
        json.WriteString("method", "Bayes");
        json.WriteNumber("n", pool.Ids.Count);
        json.Numbers(("observations", null), ("leftOut", null), ("tau", null), ("logLik", null));
        json.WriteStartArray("fixed");
        Fixed(json, "intercept", new(double.NaN, double.NaN, double.NaN, double.NaN));
        Fixed(json, "effect", pool.Effect);
        json.WriteEndArray();
        json.WriteStartObject("random");
        json.Numbers(("sdIntercept", null), ("sdEffect", pool.Spread.Mean), ("corr", null));
        json.Dist("sdEffectPosterior", pool.Spread);
        json.WriteEndObject();
        json.Numbers(("rho", null), ("sigma", null));
        People(json, pool.NewPerson, pool.Ids, pool.People, pool.RespondersShrunken, pool.RespondersRaw);
        Remarks(json, pool.Boundary, pool.LeftOut);
        json.WriteEndObject();
    }

    private static void Fixed(Utf8JsonWriter json, string name, FixedEffect effect)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.Numbers(("estimate", effect.Estimate), ("se", effect.Se), ("lo", effect.Lo), ("hi", effect.Hi));
        json.WriteEndObject();
    }

    private static void People(Utf8JsonWriter json, NewPerson next, IReadOnlyList<string> ids, IReadOnlyList<PersonEffect> people, double shrunken, double raw)
    {
        json.Object("newPatient", ("mean", next.Mean), ("lo", next.Lo), ("hi", next.Hi));
        json.WriteStartArray("people");
        for (var i = 0; i < people.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("id", ids[i]);
            json.Numbers(("effect", people[i].Effect), ("se", people[i].Se));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Object("responders", ("shrunken", shrunken), ("raw", raw));
    }

    private static void Remarks(Utf8JsonWriter json, IEnumerable<string> boundary, IReadOnlyList<LeftOutPerson> leftOut)
    {
        json.WriteStartArray("boundary");
        foreach (var sentence in boundary) json.WriteStringValue(sentence);
        json.WriteEndArray();
        json.WriteStartArray("leftOutPeople");
        foreach (var person in leftOut)
        {
            json.WriteStartObject();
            json.WriteString("id", person.Name);
            json.WriteString("why", person.Why);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
