using System.Text.Json;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Exchange;

/// <summary>A crossover's comparison as the JSON object that outside programs read. Every key is always there; null where a value does not apply.</summary>
public static class CrossoverJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    /// <param name="comparison">What to write; effects are drug − placebo.</param>
    /// <param name="discardDays">Days left out at the start of every period.</param>
    /// <param name="seed">Of the permutation test.</param>
    /// <param name="stream">Where to; left open.</param>
    public static void Write(Comparison comparison, int discardDays, ulong seed, Stream stream)
    {
        using var json = JsonValues.Writer(stream);
        json.WriteStartObject();
        json.WriteNumber("n", comparison.People);
        json.WriteNumber("nBoth", comparison.Both);
        json.WriteNumber("discardDays", discardDays);
        json.WriteStartObject("classical");
        var treatment = comparison.Classical.Treatment;
        json.Number("effect", treatment.Effect);
        json.Number("se", treatment.Se);
        json.Number("df", treatment.Df);
        json.Number("t", treatment.T);
        json.Number("p", treatment.P);
        json.Number("lo", treatment.Lo);
        json.Number("hi", treatment.Hi);
        Test(json, "period", comparison.Classical.Period);
        Test(json, "carryover", comparison.Classical.Carryover);
        json.WriteEndObject();
        Mixed(json, comparison.Mixed);
        Responders(json, comparison.Responders);
        json.Number("permutationP", comparison.Permutation.P);
        json.WriteStartObject("permutation");
        json.WriteBoolean("exact", comparison.Permutation.Exact);
        json.WriteNumber("deals", comparison.Permutation.Deals);
        json.WriteNumber("seed", seed);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Test(Utf8JsonWriter json, string name, TTest test)
    {
        json.WriteStartObject(name);
        json.Number("effect", test.Effect);
        json.Number("se", test.Se);
        json.Number("t", test.T);
        json.Number("p", test.P);
        json.WriteEndObject();
    }

    private static void Mixed(Utf8JsonWriter json, MixedComparison mixed)
    {
        json.WriteStartObject("mixed");
        json.Number("effect", mixed.Effect);
        json.Number("se", mixed.Se);
        json.Number("dfSatterthwaite", mixed.DfSatterthwaite);
        json.Number("pSatterthwaite", mixed.PSatterthwaite);
        json.Number("seKenwardRoger", mixed.SeKenwardRoger);
        json.Number("dfKenwardRoger", mixed.DfKenwardRoger);
        json.Number("pKenwardRoger", mixed.PKenwardRoger);
        json.Number("varPerson", mixed.VarPerson);
        json.Number("varResidual", mixed.VarResidual);
        json.Number("logLik", mixed.LogLikelihood);
        json.WriteEndObject();
    }

    private static void Responders(Utf8JsonWriter json, ResponderTable table)
    {
        json.WriteStartObject("responders");
        json.Number("drug", table.OnDrug);
        json.Number("placebo", table.OnPlacebo);
        json.Number("mcnemarP", table.McNemarP);
        json.Number("exactP", table.ExactP);
        json.WriteNumber("people", table.People);
        json.WriteNumber("both", table.Both);
        json.WriteNumber("drugOnly", table.DrugOnly);
        json.WriteNumber("placeboOnly", table.PlaceboOnly);
        json.WriteNumber("neither", table.Neither);
        json.WriteEndObject();
    }
}
