using Lowdose.Science.Pharmacology.Language;

namespace Lowdose.Science.Tests.Pharmacology.Language;

/// <summary>Derivatives are those of calculus, and a linear model is known as one.</summary>
public sealed class DerivativeTests
{
    [Theory]
    [InlineData("X * Z / (A + X)")]
    [InlineData("X ^ 3 - Z ^ -2")]
    [InlineData("X ^ Z")]
    [InlineData("(X / B) ^ A / (1 + (X / B) ^ A)")]
    [InlineData("exp(-X / A) * log(Z) + sqrt(X * Z)")]
    [InlineData("abs(X - 2 * Z) + min(X * X, Z) + max(X, Z * Z)")]
    [InlineData("where(X < Z, X * Z, X / Z) * t")]
    [InlineData("-(X - Z) * -(X + 1) - X")]
    [InlineData("pow(1 + X, 1.5) / (Z * Z)")]
    public void A_derivative_is_what_a_small_step_shows(string formula)
    {
        var model = Written.Model("A\nB", "X\nZ", $"R = {formula}\nd(X)/dt = R\nd(Z)/dt = R * Z + 1");
        double[] state = [1.3, 0.8], parameters = [2.5, 3.5];
        var jacobian = Written.Run(model.Jacobian!, 7, state, parameters, 4);
        for (var j = 0; j < 2; j++)
        {
            double[] At(double step)
            {
                double[] moved = [.. state];
                moved[j] += step;
                return Written.Run(model.Rates!, 7, moved, parameters, 2);
            }
            // Central differences of two steps, so that their own error cancels to the fourth order.
            var (wide, near) = (At(2e-4).Zip(At(-2e-4), (p, m) => (p - m) / 4e-4), At(1e-4).Zip(At(-1e-4), (p, m) => (p - m) / 2e-4));
            foreach (var (i, slope) in near.Zip(wide, (n, w) => (4 * n - w) / 3).Index()) jacobian[2 * i + j].ShouldBe(slope, 1e-9 * (1 + Math.Abs(slope)));
        }
    }

    [Fact]
    public void A_linear_model_has_rate_constants_and_no_rates()
    {
        var model = Written.Model("CL\nV\nKA", "DEPOT\nCENT", "K = CL / V\nd(DEPOT)/dt = -KA * DEPOT\nd(CENT)/dt = KA * DEPOT - K * CENT", "CP = CENT / V");
        model.Rates.ShouldBeNull();
        model.Jacobian.ShouldBeNull();
        Written.Run(model.RateConstants!, 0, [9, 9], [2, 3, 4], 4).ShouldBe([-4, 0, 4, -2.0 / 3]);
    }

    [Theory]
    [InlineData("-A * (X + Z) / (B + 1)", true)]
    [InlineData("where(A < B, -X, -2 * X)", true)]
    [InlineData("min(A, B) * X - exp(A) * Z", true)]
    [InlineData("(X + 1) * A - A", true)]
    [InlineData("A - X", false)]
    [InlineData("-X * t", false)]
    [InlineData("-X * X", false)]
    [InlineData("-X / (A + X)", false)]
    [InlineData("where(X < A, -X, 0)", false)]
    [InlineData("-X ^ 1", true)]
    public void A_model_is_linear_only_where_it_surely_is(string rate, bool linear) =>
        (Written.Model("A\nB", "X\nZ", $"d(X)/dt = {rate}\nd(Z)/dt = -Z").RateConstants is not null).ShouldBe(linear);

    [Fact]
    public void What_is_common_to_rates_and_derivatives_is_one_term()
    {
        var terms = new Terms();
        var (x, a) = (terms.State(0), terms.Parameter(0));
        var sum = terms.Add(x, a);
        terms.Add(terms.State(0), terms.Parameter(0)).ShouldBe(sum);
        terms.Multiply(sum, terms.Number(0)).ShouldBe(terms.Zero);
        terms.Multiply(sum, terms.Number(1)).ShouldBe(sum);
        terms.Subtract(sum, sum).ShouldBe(terms.Zero);
        terms.Negate(terms.Negate(sum)).ShouldBe(sum);
        terms.Needed([sum]).ShouldBe([x, a, sum]);
    }

    [Fact]
    public void What_is_there_at_the_start_is_computed_from_parameters()
    {
        var source = Written.Source("A\nB", "X\nZ", "d(X)/dt = -X * X\nd(Z)/dt = -Z") with { Compartments = [new(new("X"), Initial: new("A * B + 1")), new(new("Z"))] };
        Written.Run(ModelLanguage.Compile(source).Model!.Initial!, 0, [0, 0], [2, 3], 2).ShouldBe([7, 0]);
        ModelLanguage.Compile(source with { Compartments = [new(new("X"), Initial: new("t")), new(new("Z"))] }).Faults.Single().What.ShouldBe("what is there at the start does not change with time");
    }

    [Fact]
    public void A_compartment_names_its_parameters_in_the_units_of_the_engine()
    {
        var source = Written.Source("F: 1\nLAG: h\nLATE: min", "X: mg\nZ: mg", "d(X)/dt = -X / 1[h]\nd(Z)/dt = -Z / 1[h]");
        var model = ModelLanguage.Compile(source with { Compartments = [new(new("X"), new("mg"), Bioavailability: new("F"), Lag: new("LAG")), new(new("Z"), new("mg"), DosedWith: new("X"))] }).Model!;
        (model.Compartments[0].Bioavailability, model.Compartments[0].LagHours, model.Compartments[1].DosedWith).ShouldBe((0, 1, 0));
        string Fault(WrittenCompartment odd) => ModelLanguage.Compile(source with { Compartments = [odd, new(new("Z"), new("mg"))] }).Faults[0].What;
        Fault(new(new("X"), new("mg"), Lag: new("LATE"))).ShouldBe("a lag is in h, and LATE is not");
        Fault(new(new("X"), new("mg"), Bioavailability: new("LAG"))).ShouldBe("a bioavailability is a plain number, and LAG is not");
        Fault(new(new("X"), new("mg"), Duration: new("D1"))).ShouldBe("there is no parameter D1");
        Fault(new(new("X"), new("mg"), DosedWith: new("X"))).ShouldBe("X is dosed with itself");
    }
}
