using System.Text.Json;
using Lowdose.Science.Inference.Crossover;

namespace Lowdose.Science.Tests.Crossover;

/// <summary>Against R: t.test, lm, lme4, lmerTest and pbkrtest on the same period means.</summary>
public class Against_R
{
    public static TheoryData<string> Studies => [.. References.Names];

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_classical_analysis_agrees_to_1e_minus_6(string name)
    {
        var answer = References.Answer(name).GetProperty("classical");
        var ours = Compare.Periods(References.Study(name));
        ours.Both.ShouldBe(answer.GetProperty("nBoth").GetInt32());
        Same(ours.Classical.Treatment, answer.GetProperty("treatment"), "treatment");
        Same(ours.Classical.Carryover, answer.GetProperty("carryover"), "carryover");
        if (answer.TryGetProperty("period", out var period)) Same(ours.Classical.Period, period, "period");
        else ours.Classical.Period.ShouldBe(TTest.None);
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void The_mixed_model_agrees_to_1e_minus_4_with_both_degrees_of_freedom(string name)
    {
        var answer = References.Answer(name).GetProperty("mixed");
        var ours = Compare.Periods(References.Study(name)).Mixed;
        Near(ours.Effect, answer, "effect", 1e-6);
        Near(ours.Se, answer, "se", 1e-5);
        Near(ours.DfSatterthwaite, answer, "dfSatterthwaite", 1e-4);
        Near(ours.PSatterthwaite, answer, "pSatterthwaite", 1e-4);
        Near(ours.SeKenwardRoger, answer, "seKenwardRoger", 1e-4);
        Near(ours.DfKenwardRoger, answer, "dfKenwardRoger", 1e-4);
        Near(ours.PKenwardRoger, answer, "pKenwardRoger", 1e-4);
        Near(ours.VarPerson, answer, "varPerson", 1e-4, 1e-8);
        Near(ours.VarResidual, answer, "varResidual", 1e-4);
        ours.LogLikelihood.ShouldBeGreaterThanOrEqualTo(answer.GetProperty("logLik").GetDouble() - 1e-6);
        ours.LogLikelihood.ShouldBe(answer.GetProperty("logLik").GetDouble(), 1e-5);
        (ours.VarPerson == 0).ShouldBe(answer.GetProperty("singular").GetBoolean());
    }

    private static void Same(TTest ours, JsonElement theirs, string what)
    {
        foreach (var (value, name) in new[] { (ours.Effect, "effect"), (ours.Se, "se"), (ours.Df, "df"), (ours.T, "t"), (ours.P, "p"), (ours.Lo, "lo"), (ours.Hi, "hi") })
            value.ShouldBe(theirs.GetProperty(name).GetDouble(), 1e-6 * Math.Max(1, Math.Abs(theirs.GetProperty(name).GetDouble())), $"{what} {name}");
    }

    private static void Near(double ours, JsonElement theirs, string name, double relative, double absolute = 0)
    {
        var value = theirs.GetProperty(name).GetDouble();
        ours.ShouldBe(value, relative * Math.Abs(value) + absolute, name);
    }
}
