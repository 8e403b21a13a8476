using System.Runtime.Intrinsics;

namespace Lowdose.Science.Pharmacology;

/// <summary>The models that need no file, in units that the user keeps consistent. Source: docs/methods/pharmacology.md.</summary>
public static class BuiltInModels
{
    /// <summary>A depot and one compartment: CL, V, KA; 1 = DEPOT, 2 = CENT; output CP = CENT/V.</summary>
    public static CompartmentModel Pk1 { get; } = new()
    {
        Name = "pk1",
        Parameters = [new("CL", 1), new("V", 20), new("KA", 1), new("F1", 1), new("ALAG1", 0), new("D1", 0), new("R1", 0), new("F2", 1), new("ALAG2", 0), new("D2", 0), new("R2", 0)],
        Compartments = [new("DEPOT", 3, 4, 5, 6), new("CENT", 7, 8, 9, 10)],
        Outputs = ["CP"],
        RateConstants = static (_, _, p, k) =>
        {
            var ka = p[2];
            (k[0], k[1]) = (-ka, Vector512<double>.Zero);
            (k[2], k[3]) = (ka, -p[0] / p[1]);
        },
        Observe = static (_, x, p, seen) => seen[0] = x[1] / p[1],
    };

    /// <summary>A depot and two compartments: CL, V2, Q, V3, KA; 1 = DEPOT, 2 = CENT, 3 = PERIPH; output CP = CENT/V2.</summary>
    public static CompartmentModel Pk2 { get; } = new()
    {
        Name = "pk2",
        Parameters = [new("CL", 1), new("V2", 20), new("Q", 2), new("V3", 10), new("KA", 1), new("F1", 1), new("ALAG1", 0), new("D1", 0), new("R1", 0), new("F2", 1), new("ALAG2", 0), new("D2", 0), new("R2", 0)],
        Compartments = [new("DEPOT", 5, 6, 7, 8), new("CENT", 9, 10, 11, 12), new("PERIPH")],
        Outputs = ["CP"],
        RateConstants = static (_, _, p, k) =>
        {
            var (outward, back, ka) = (p[2] / p[1], p[2] / p[3], p[4]);
            (k[0], k[1], k[2]) = (-ka, Vector512<double>.Zero, Vector512<double>.Zero);
            (k[3], k[4], k[5]) = (ka, -p[0] / p[1] - outward, back);
            (k[6], k[7], k[8]) = (Vector512<double>.Zero, outward, -back);
        },
        Observe = static (_, x, p, seen) => seen[0] = x[1] / p[1],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CompartmentModel> All { get; } = [Pk1, Pk2];
}
