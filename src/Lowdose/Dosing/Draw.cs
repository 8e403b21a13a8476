using Lowdose.Quantities;

namespace Lowdose.Dosing;

/// <summary>A volume as a syringe can measure it: to the nearest mark, filled once or more.</summary>
/// <param name="Syringe">The syringe.</param>
/// <param name="Times">How often it is filled; 1 or more.</param>
/// <param name="Total">All fillings together; a whole number of marks.</param>
public sealed record Draw(Syringe Syringe, int Times, Volume Total)
{
    /// <summary>How far reading each filling half a mark wrong can put the total off, to either side.</summary>
    public Volume ReadingError => new(Times * Syringe.Mark.Nanolitres / 2);

    /// <summary>The fillings: full ones, then the rest.</summary>
    public IEnumerable<Volume> Fillings
    {
        get
        {
            for (var (left, times) = (Total, Times); times > 0; times--)
            {
                var one = left > Syringe.Capacity ? Syringe.Capacity : left;
                yield return one;
                left -= one;
            }
        }
    }

    /// <summary>The smallest syringe that holds the volume, to its nearest mark; the largest one several times where none does.</summary>
    /// <param name="volume">What is wanted.</param>
    /// <param name="syringes">At least one, the smallest first.</param>
    public static Draw Of(ExactVolume volume, IReadOnlyList<Syringe> syringes) =>
        With(volume, syringes.FirstOrDefault(s => !volume.Exceeds(s.Capacity)) ?? syringes[^1]);

    /// <summary>With this syringe, to its nearest mark.</summary>
    public static Draw With(ExactVolume volume, Syringe syringe)
    {
        var total = volume.NearestMarks(syringe.Mark) * syringe.Mark;
        var full = (total.Nanolitres + syringe.Capacity.Nanolitres - 1) / syringe.Capacity.Nanolitres;
        return new(syringe, (int)Math.Max(1, full), total);
    }
}
