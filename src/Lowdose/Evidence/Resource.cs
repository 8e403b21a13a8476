namespace Lowdose.Evidence;

/// <summary>A place or a text that may help somebody further. Named, not recommended: <see cref="Mark"/> says who names it.</summary>
/// <param name="Id">E.g. <c>ldn-book</c>.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Country">Two letters; null: not said.</param>
/// <param name="Offers">What one finds there, in plain words.</param>
/// <param name="Vouches">Who speaks for it, in plain words; null: nobody.</param>
/// <param name="Caution">What must be said beside it, or null.</param>
/// <param name="Mark">How we know of it; at least one source.</param>
public sealed record Resource(string Id, string Name, ResourceKind Kind, string? Country, string Offers, string? Vouches, string? Caution, Mark Mark);

/// <summary>What a resource is, in the order in which people look.</summary>
public enum ResourceKind
{
    /// <summary>A charity or a group.</summary>
    Organisation = 1,
    /// <summary>A list of doctors who prescribe.</summary>
    PrescriberList,
    /// <summary>A list of pharmacies that make low doses.</summary>
    PharmacyList,
    /// <summary>One pharmacy or maker.</summary>
    Pharmacy,
    /// <summary>A book.</summary>
    Book,
    /// <summary>A sheet to take along.</summary>
    Handout,
    /// <summary>A web site.</summary>
    Website,
}
