using Lowdose.Dosing;
using Lowdose.Quantities;

namespace Lowdose.Trials;

/// <summary>What every kit of a trial looks like, whatever it holds.</summary>
public abstract record KitForm
{
    private KitForm()
    {
    }

    /// <summary>Bottles of a liquid: the same volume is drawn for every dose, so the strength differs and the hand sees nothing.</summary>
    /// <param name="Dose">What is drawn each day.</param>
    /// <param name="Vehicle">What the drug is in.</param>
    /// <param name="Storage">Where it stands.</param>
    public sealed record Liquid(Volume Dose, Vehicle Vehicle, Storage Storage) : KitForm;

    /// <summary>Packs of capsules, one a day.</summary>
    /// <param name="Avicel">Filled with microcrystalline cellulose, of which it is known how long they keep.</param>
    public sealed record Capsules(bool Avicel = true) : KitForm;

    // Claim capsule-stability in knowledge/claims/preparation.yaml.
    private const int AvicelDays = 360;

    /// <summary>How many days a kit keeps once it is made; null where no study says so.</summary>
    public int? ShelfLifeDays => this switch
    {
        Liquid liquid => new Bottle(liquid.Dose, liquid.Vehicle, liquid.Storage, 1).ShelfLifeDays,
        Capsules { Avicel: true } => AvicelDays,
        _ => null,
    };
}

/// <summary>How a trial's kits are made up.</summary>
/// <param name="Form">What they look like.</param>
/// <param name="PackDays">Days a bottle or pack lasts at most; a longer period gets several.</param>
/// <param name="SpareDays">Doses more in each, for one that is spilt or lost.</param>
/// <param name="SparesPerArm">Spare kits of each arm, for one that is lost or broken.</param>
/// <param name="StatedShelfLifeDays">What the pharmacist knows of how long they keep; null: what Lowdose knows.</param>
public sealed record KitOrder(KitForm Form, int PackDays, int SpareDays = 3, int SparesPerArm = 1, int? StatedShelfLifeDays = null)
{
    /// <summary>How many days a kit keeps.</summary>
    public int? ShelfLifeDays => StatedShelfLifeDays ?? Form.ShelfLifeDays;

    /// <summary>Why kits cannot be made so; null where they can.</summary>
    public Refused? Wrong => PackDays is < 1 or > 1000 || SpareDays is < 0 or > 100 || SparesPerArm is < 0 or > 100 ? new("a kit cannot be made so", "give 1 to 1000 days a pack, and 0 to 100 spare")
        : Form is KitForm.Liquid { Dose.Nanolitres: <= 0 } ? new("a dose has no volume", "give the volume drawn each day")
        : ShelfLifeDays is not { } shelf ? new("no study says how long these kits keep", "ask a pharmacist and state the shelf life in days, or choose another form")
        : shelf < PackDays + SpareDays ? new($"a kit keeps {shelf} days and is to last {PackDays + SpareDays}", $"give {Math.Max(1, shelf - SpareDays)} days a pack or fewer, or a form that keeps longer")
        : null;
}
