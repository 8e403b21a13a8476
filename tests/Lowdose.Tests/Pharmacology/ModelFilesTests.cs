using Lowdose.Evidence;
using Lowdose.Exchange;
using Lowdose.Science.Pharmacology;
using Lowdose.Tests.HouseRules;

namespace Lowdose.Tests.Pharmacology;

/// <summary>The files under models/: each number with its unit, origin and level.</summary>
public sealed class ModelFilesTests
{
    /// <summary>What stands for an origin where a number has no source.</summary>
    private static readonly string[] NoSource = ["fit", "assumption", "memory"];

    private static readonly string[] Files = [.. Directory.GetFiles(Path.Combine(Repository.Root, "models"), "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    public static TheoryData<string> Names => [.. Files];

    [Theory, MemberData(nameof(Names))]
    public void Every_parameter_has_a_unit_an_origin_and_a_level(string name)
    {
        foreach (var parameter in ModelFile.Named(name).Model.Parameters)
        {
            parameter.Unit.ShouldNotBeNullOrEmpty(parameter.Name);
            parameter.Level.ShouldNotBeNull(parameter.Name);
            parameter.Origin.ShouldNotBeNullOrEmpty(parameter.Name);
            if (parameter.Origin is "assumption" or "memory") parameter.Level!.Value.ShouldBeGreaterThanOrEqualTo('B', parameter.Name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_origin_is_a_source_or_says_that_there_is_none(string name)
    {
        var sources = Knowledge.BuiltIn().Sources;
        foreach (var parameter in ModelFile.Named(name).Model.Parameters.Where(p => !NoSource.Contains(p.Origin)))
        {
            sources.TryGetValue(parameter.Origin!, out var source).ShouldBeTrue($"{parameter.Name}: {parameter.Origin}");
            // What nobody has looked at is no origin, but memory.
            source!.Verification.ShouldNotBe(Verification.Memory, parameter.Name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_model_runs_and_every_output_has_a_unit_and_a_number(string name)
    {
        var file = ModelFile.Named(name);
        var tables = Simulate.Run(new(file.Model, [new("1", 0, 1, 4.5, IntervalHours: 24, Additional: 6)], [0, 24, 100, 400]) { People = 9, Variability = file.Variability, Correlations = file.Correlations });
        tables.Problem.ShouldBeNull();
        foreach (var output in file.Model.Outputs) file.Units.Keys.ShouldContain(output);
        for (var s = 0; s < 9; s++) foreach (var value in tables.Table(s)) double.IsFinite(value).ShouldBeTrue();
        file.Version.ShouldNotBeEmpty();
        file.Title.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Naltrexone_is_linear_and_the_hypotheses_are_not()
    {
        ModelFile.Named("naltrexone").Model.RateConstants.ShouldNotBeNull();
        ModelFile.Named("rebound").Model.Rates.ShouldNotBeNull();
        ModelFile.Named("rebound").Model.Jacobian.ShouldNotBeNull();
        // The drug's own compartments are propagated exactly under every hypothesis.
        foreach (var name in (string[])["rebound", "precursor-pool", "receptor-turnover"])
            ModelFile.Named(name).Model.LinearPart!.Compartments.ShouldBe(ModelFile.Named("naltrexone").Model.Compartments.Count, name);
    }

    [Fact]
    public void What_we_only_suppose_is_marked_D_or_E()
    {
        var drug = ModelFile.Named("naltrexone").Model.Parameters.Select(p => p.Name).ToHashSet();
        foreach (var name in (string[])["rebound", "precursor-pool", "receptor-turnover"])
            ModelFile.Named(name).Model.Parameters.Where(p => !drug.Contains(p.Name)).ShouldAllBe(p => p.Level == 'D' || p.Level == 'E');
    }

    [Fact]
    public void The_example_of_the_manual_is_a_model()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "methods", "model-language.md"));
        var yaml = page.Split("```yaml\n")[1].Split("```")[0];
        var (file, refusal) = ModelFile.Read("example.yaml", System.Text.Encoding.UTF8.GetBytes(yaml));
        refusal.ShouldBeNull();
        var run = Simulate.Run(new(file!.Model, [new("1", 0, 1, 50)], [0, 6]));
        run.Columns.ShouldBe(["DEPOT", "CENT", "CP"]);
        // 1 mg/L is 1000 ng/mL.
        run.Value(0, 1, 2).ShouldBe(run.Value(0, 1, 1) / 20 * 1000, 1e-9);
        (file.Presets.Single().Name, file.Variability.Single().Parameter, file.Units["CP"]).ShouldBe(("slow", 1, "ng/mL"));
    }

    [Fact]
    public void Every_file_in_the_folder_travels_inside_the_program() =>
        ModelFile.BuiltIn.ShouldBe(["pk1", "pk2", .. Files], ignoreOrder: true);
}
