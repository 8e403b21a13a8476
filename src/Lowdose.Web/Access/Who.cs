using Lowdose.Records.Clinic;

namespace Lowdose.Web.Access;

/// <summary>Who is signed in; a feature of the request.</summary>
/// <param name="Account">The account.</param>
/// <param name="Organisation">The organisation it belongs to.</param>
/// <param name="Roles">What it is there.</param>
/// <param name="Record">The account's own record; null where it keeps none.</param>
/// <param name="ShownName">How others see it.</param>
/// <param name="Session">The session's key, as it is kept.</param>
public sealed record Who(string Account, string Organisation, IReadOnlyList<Role> Roles, string? Record, string ShownName, string Session);
