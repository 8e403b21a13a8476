namespace Lowdose.Evidence;

/// <summary>What a substance is to someone who takes naltrexone. Rules trigger on it.</summary>
public enum SubstanceClass
{
    /// <summary>Full opioid agonist, kratom and tianeptine included. YAML: <c>opioid-agonist</c>.</summary>
    OpioidAgonist = 1,
    /// <summary>Partial or mixed opioid (buprenorphine, pentazocine, butorphanol, nalbuphine).</summary>
    OpioidPartialAgonist,
    /// <summary>Opioid that acts mainly on the gut (loperamide, diphenoxylate, eluxadoline).</summary>
    OpioidAntidiarrhoeal,
    /// <summary>Naltrexone itself at any dose, naloxone, nalmefene, samidorphan.</summary>
    OpioidAntagonist,
    /// <summary>Antagonist that stays outside the brain (naloxegol, methylnaltrexone): not a block.</summary>
    PeripheralAntagonist,
    /// <summary>A product that holds naltrexone beside something else; <see cref="Substance.Parts"/> say what (morphine: a block).</summary>
    AntagonistCombination,
    /// <summary>Thyroid hormone.</summary>
    ThyroidHormone,
    /// <summary>Drug against an overactive thyroid.</summary>
    Antithyroid,
    /// <summary>Drug that holds the immune system down.</summary>
    Immunosuppressant,
    /// <summary>Immunotherapy of cancer.</summary>
    CheckpointInhibitor,
    /// <summary>Another drug with a known or suspected interaction.</summary>
    Interacting,
    /// <summary>Named in the sources as without known interaction.</summary>
    NoKnownInteraction,
}

/// <summary>How a product lets its drug go; decides the wash-out.</summary>
public enum Release
{
    /// <summary>Ordinary tablet, capsule, liquid, spray, suppository.</summary>
    Immediate = 1,
    /// <summary>Slow-release by mouth.</summary>
    Modified,
    /// <summary>Skin patch.</summary>
    Patch,
    /// <summary>Long-acting injection or implant.</summary>
    Depot,
    /// <summary>Ordinary injection or infusion.</summary>
    Injection,
}

/// <summary>A medicine, herb or drug the screen knows.</summary>
/// <param name="Id">File name, e.g. <c>codeine</c>.</param>
/// <param name="Class">What it is to someone on naltrexone.</param>
/// <param name="Names">Generic names, the international one first, then salts, synonyms, street names.</param>
/// <param name="Brands">Brand names by country code.</param>
/// <param name="Misspellings">Ways people write it that are not a letter or two away.</param>
/// <param name="Atc">ATC codes.</param>
/// <param name="RxNorm">RxNorm ingredient code; null where not known.</param>
/// <param name="Parts">Substance ids it is made of; a rule that triggers on a part triggers on it.</param>
/// <param name="Combinations">Products that hold it beside drugs that do not matter here.</param>
/// <param name="Forms">Release forms; empty where wash-out does not apply or its parts have them.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record Substance(string Id, SubstanceClass Class, IReadOnlyList<string> Names, IReadOnlyDictionary<string, IReadOnlyList<string>> Brands,
    IReadOnlyList<string> Misspellings, IReadOnlyList<Code> Atc, Code? RxNorm, IReadOnlyList<string> Parts, IReadOnlyList<Combination> Combinations,
    IReadOnlyList<ReleaseForm> Forms, string? Note);

/// <summary>A product that holds the substance beside others.</summary>
/// <param name="Names">What it is called, e.g. "co-codamol".</param>
/// <param name="With">The other ingredients.</param>
/// <param name="Brands">Brand names by country code.</param>
/// <param name="Atc">ATC codes.</param>
public sealed record Combination(IReadOnlyList<string> Names, IReadOnlyList<string> With, IReadOnlyDictionary<string, IReadOnlyList<string>> Brands, IReadOnlyList<Code> Atc);

/// <summary>How long one release form stays.</summary>
/// <param name="Release">The form.</param>
/// <param name="Names">Brand names (also listed under brands) that mean this form.</param>
/// <param name="HalfLifeHours">Elimination half-life, after removal for a patch; null: not known.</param>
/// <param name="WashOutDays">Clear days before the first naltrexone dose; plan with the high end. Null: not known, a specialist decides.</param>
/// <param name="Note">What must be said beside it, or null.</param>
public sealed record ReleaseForm(Release Release, IReadOnlyList<string> Names, Figure? HalfLifeHours, Figure? WashOutDays, string? Note);
