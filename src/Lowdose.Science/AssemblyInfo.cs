using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Lowdose.Science.Tests")]
[assembly: InternalsVisibleTo("Lowdose.Benchmarks")]
