using Lowdose.Quantities;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lowdose.Tests.Quantities;

/// <summary>Milligrams taken for millilitres do not compile.</summary>
public class MixUpTests
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p)),
        MetadataReference.CreateFromFile(typeof(Mass).Assembly.Location),
    ];

    [Theory]
    [InlineData("Mass x = volume;")]
    [InlineData("Volume x = mass;")]
    [InlineData("var x = mass + volume;")]
    [InlineData("var x = mass < volume;")]
    [InlineData("var x = mass == volume;")]
    [InlineData("Mass x = 1.5m;")]
    [InlineData("var x = new Concentration(volume, mass);")]
    [InlineData("var x = strength.VolumeHolding(volume);")]
    [InlineData("Volume x = strength.VolumeHolding(mass);")]
    [InlineData("Mass x = strength.AmountIn(volume);")]
    [InlineData("var x = mass + strength;")]
    public void A_mix_up_does_not_compile(string statement) => Errors(statement).ShouldNotBeEmpty();

    [Theory]
    [InlineData("Mass x = mass + mass;")]
    [InlineData("var x = new Concentration(mass, volume);")]
    [InlineData("ExactVolume x = strength.VolumeHolding(mass);")]
    public void What_is_meant_does(string statement) => Errors(statement).ShouldBeEmpty();

    private static IEnumerable<Diagnostic> Errors(string statement)
    {
        var source = $"using Lowdose.Quantities; class C {{ void M(Mass mass, Volume volume, Concentration strength) {{ {statement} }} }}";
        return CSharpCompilation.Create("mix-up", [CSharpSyntaxTree.ParseText(source)], References, new(OutputKind.DynamicallyLinkedLibrary))
            .GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
    }
}
