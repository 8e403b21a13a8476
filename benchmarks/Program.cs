using System.Globalization;
using Lowdose.Benchmarks;
using Lowdose.Tests.HouseRules;

// bin/bench TARGET [--seed N]
var target = args.FirstOrDefault();
var seed = Array.IndexOf(args, "--seed") is >= 0 and var at && at + 1 < args.Length ? ulong.Parse(args[at + 1], CultureInfo.InvariantCulture) : 1;
switch (target)
{
    case "verdict-errors":
        VerdictErrors.RunAll(seed, Provenance.Now());
        return 0;
    case "verdict-speed":
        VerdictSpeed.RunAll(Provenance.Now());
        return 0;
    case "verdict-accuracy":
        VerdictAccuracy.RunAll(Provenance.Now());
        return 0;
    case "pooling":
        PoolingSpeed.RunAll(Provenance.Now(), withStan: !args.Contains("--no-stan"));
        return 0;
    case "meta":
        SynthesisSpeed.RunAll(Provenance.Now(), seed);
        return 0;
    case "power":
        PowerSpeed.RunAll(Provenance.Now(), args.Contains("--quick"));
        return 0;
    case "power-errors":
        PowerErrors.RunAll(seed, Provenance.Now());
        return 0;
    case "trials":
        TrialErrorsPage.RunAll(seed, args.Contains("--full"), Provenance.Now());
        return 0;
    case "pharmacology":
        PharmacologySpeed.RunAll(Provenance.Now(), args.Contains("--quick"));
        return 0;
    case "web":
        return WebLoad.RunAll(Provenance.Now());
    case "screen":
        ScreenRecall.RunAll(Provenance.Now());
        return 0;
    case "search":
        SearchSpeed.RunAll(Provenance.Now());
        return 0;
    case "pharmacology-validation":
        PharmacologyValidation.RunAll(seed, Provenance.Now("models"));
        return 0;
    case "sbom":
        File.WriteAllText(Path.Combine(Provenance.Root, Sbom.Path), Sbom.Of(File.ReadAllText(Path.Combine(Provenance.Root, "artifacts", "obj", "Lowdose.Cli", "project.assets.json"))));
        return 0;
    case "trust":
        return Trust.RunAll([.. args.Skip(1).TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal))], args.Contains("--full"),
            Array.IndexOf(args, "--rounds") is >= 0 and var rounds && rounds + 1 < args.Length ? int.Parse(args[rounds + 1], CultureInfo.InvariantCulture) : null,
            Array.IndexOf(args, "--only") is >= 0 and var only && only + 1 < args.Length ? args[only + 1] : null, Provenance.Now("tests"));
    default:
        Console.Error.WriteLine("bin/bench verdict-errors [--seed N] | verdict-speed | verdict-accuracy | pooling [--no-stan] | meta [--seed N] | power [--quick] | power-errors [--seed N] | trials [--full] [--seed N] | pharmacology [--quick] | pharmacology-validation [--seed N] | web | screen | search | sbom | trust [R1 ...] [--full] [--rounds N] [--only TEST]");
        return 2;
}
