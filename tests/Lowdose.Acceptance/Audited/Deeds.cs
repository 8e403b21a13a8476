using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Acceptance.Audited;

/// <summary>What a clinic's day is made of.</summary>
internal static class Deeds
{
    /// <summary>An id, the same for the same number.</summary>
    public static string Id(int n) => new Guid(n, 0, 4, [8, 0, 0, 0, 0, 0, 0, 1]).ToString();

    /// <summary>Some deed, the same for the same number.</summary>
    public static Deed Of(int n)
    {
        var acts = Enum.GetValues<Act>();
        return new(acts[n * 7 % acts.Length], n % 11 == 0 ? Deed.Nobody : Id(n % 5), n % 13 == 0 ? null : Id(100), n % 3 == 0 ? null : Id(200 + (n % 4)),
            (n % 4) switch { 0 => Detail.None, 1 => Detail.Of(RecordPart.Course), 2 => Detail.Of(new LocalDate(2026, 12, 1 + (n % 28))), _ => Detail.Of(May.See).And(Detail.Account(Guid.Parse(Id(n)))) });
    }
}
