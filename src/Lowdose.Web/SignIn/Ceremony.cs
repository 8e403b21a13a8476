using System.Text.Json.Nodes;
using Lowdose.Records.Clinic;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>
/// Making and using a passkey. What is asked for the device goes into the page beside a sealed note of it; the answer comes back with
/// that note, which is good once. Source: W3C Web Authentication Level 3, 7.1 and 7.2; ASP.NET Core Identity's PasskeyHandler does them.
/// </summary>
internal sealed class Ceremony(IPasskeyHandler<Account> handler, Tickets tickets, Once once, Passkeys passkeys)
{
    private static readonly Duration Life = Duration.FromMinutes(10);

    /// <summary>What a device needs to make a passkey.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">For which account, which may not be there yet.</param>
    /// <param name="shownName">How the device is to call it.</param>
    public async Task<IResult> Making(HttpContext context, string id, string shownName)
    {
        var made = await handler.MakeCreationOptionsAsync(new() { Id = id, Name = shownName, DisplayName = shownName }, context).ConfigureAwait(false);
        return Asked("make", made.CreationOptionsJson, made.AttestationState!);
    }

    /// <summary>What a device needs to use one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="account">Whose; null: whoever has one.</param>
    public async Task<IResult> Using(HttpContext context, Account? account = null)
    {
        var made = await handler.MakeRequestOptionsAsync(account, context).ConfigureAwait(false);
        return Asked("use", made.RequestOptionsJson, made.AssertionState!);
    }

    /// <summary>The passkey that was made, not kept yet; null where it is not good.</summary>
    public async Task<(string Id, UserPasskeyInfo Passkey)?> Made(HttpContext context, IFormCollection form)
    {
        if (State("make", form) is not { } state) return null;
        var result = await handler.PerformAttestationAsync(new() { HttpContext = context, CredentialJson = form["credential"].ToString(), AttestationState = state }).ConfigureAwait(false);
        if (!result.Succeeded || !once.Use("challenge|" + state, Life)) return null;
        result.Passkey.Name = Named(form["name"].ToString());
        return (result.UserEntity.Id, result.Passkey);
    }

    /// <summary>Whose passkey was used; null where it is not good, or the account is closed.</summary>
    public async Task<Account?> Used(HttpContext context, IFormCollection form)
    {
        if (State("use", form) is not { } state) return null;
        var result = await handler.PerformAssertionAsync(new() { HttpContext = context, CredentialJson = form["credential"].ToString(), AssertionState = state }).ConfigureAwait(false);
        if (!result.Succeeded || result.User.ClosedAt is not null || !once.Use("challenge|" + state, Life)) return null;
        // The counter must go up next time.
        passkeys.Keep(AccountStore.Kept(result.User.Id, result.Passkey));
        return result.User;
    }

    private static string Named(string typed) => typed.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, 60)] : "A passkey";

    private string? State(string purpose, IFormCollection form) => tickets.Read("passkey " + purpose, form["ticket"].ToString());

    private IResult Asked(string purpose, string options, string state) => Results.Text(
        new JsonObject { ["options"] = JsonNode.Parse(options), ["ticket"] = tickets.Make("passkey " + purpose, state, Life) }.ToJsonString(), "application/json");
}
