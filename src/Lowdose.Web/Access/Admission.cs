using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.Builder;

namespace Lowdose.Web.Access;

/// <summary>Who may have an address. Every address names one; without it the site does not start.</summary>
public abstract record Admission
{
    private Admission() { }

    /// <summary>Everybody, signed in or not: it shows nobody's record.</summary>
    public sealed record Anyone : Admission;

    /// <summary>Whoever is signed in, about themselves.</summary>
    public sealed record SignedIn : Admission;

    /// <summary>Whoever has the role.</summary>
    public sealed record InRole(Role Role) : Admission;

    /// <summary>Whoever may do this with the record in hand.</summary>
    /// <param name="May">What.</param>
    /// <param name="Part">What of it is shown or written, for the audit trail.</param>
    public sealed record OnRecord(May May, RecordPart Part) : Admission;

    /// <summary>A person's own computer only; a clinic has no such address.</summary>
    public sealed record OnlyPersonal : Admission;
}

/// <summary>How an address names its rule.</summary>
internal static class Admissions
{
    public static T ForAnyone<T>(this T address) where T : IEndpointConventionBuilder => address.With(new Admission.Anyone());

    public static T ForSignedIn<T>(this T address) where T : IEndpointConventionBuilder => address.With(new Admission.SignedIn());

    public static T ForRole<T>(this T address, Role role) where T : IEndpointConventionBuilder => address.With(new Admission.InRole(role));

    public static T Needs<T>(this T address, May may, RecordPart part) where T : IEndpointConventionBuilder => address.With(new Admission.OnRecord(may, part));

    public static T OnlyPersonal<T>(this T address) where T : IEndpointConventionBuilder => address.With(new Admission.OnlyPersonal());

    private static T With<T>(this T address, Admission admission) where T : IEndpointConventionBuilder
    {
        address.Add(endpoint => endpoint.Metadata.Add(admission));
        return address;
    }
}
