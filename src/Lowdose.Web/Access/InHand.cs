using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Lowdose.Web.Access;

/// <summary>A page or a part of one that is about the record in hand.</summary>
public abstract class InHand : ComponentBase
{
    /// <summary>The request.</summary>
    [CascadingParameter] public HttpContext? Request { get; set; }

    /// <summary>The record; null where there is none.</summary>
    protected RecordInHand? Hand => RecordInHand.Of(Request);

    /// <summary>Who is signed in, in a clinic; null: nobody, or a person's own computer.</summary>
    protected Who? Me => Request?.Features.Get<Who>();

    /// <summary>Whether this is a clinic.</summary>
    protected bool InClinic => Request?.RequestServices.GetService(typeof(SignIn.ClinicMode)) is not null;

    /// <summary>What stands before every address about this record: nothing, or <c>/for/{record}</c>.</summary>
    protected string Root => Request?.Request.PathBase.Value ?? "";

    /// <summary>Whether it is the record of whoever looks.</summary>
    protected bool IsOwn => Root.Length == 0;
}
