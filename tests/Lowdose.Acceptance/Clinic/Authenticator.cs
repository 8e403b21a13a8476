using System.Text.Json;
using Microsoft.Playwright;

namespace Lowdose.Acceptance.Clinic;

/// <summary>What unlocks with a face, a finger or a PIN, in Chromium's own imitation.</summary>
internal sealed class Authenticator
{
    private readonly ICDPSession session;
    private readonly string id;

    private Authenticator(ICDPSession session, string id) => (this.session, this.id) = (session, id);

    /// <summary>Puts one into a page's browser.</summary>
    public static async Task<Authenticator> In(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var made = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        return new(session, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Its passkeys, as Chromium tells them.</summary>
    public async Task<JsonElement[]> Passkeys() =>
        [.. (await session.SendAsync("WebAuthn.getCredentials", new() { ["authenticatorId"] = id }))!.Value.GetProperty("credentials").EnumerateArray()];

    /// <summary>Puts a passkey in, with a counter of our choice, in place of the same one.</summary>
    public async Task Put(JsonElement passkey, int counter)
    {
        await session.SendAsync("WebAuthn.clearCredentials", new() { ["authenticatorId"] = id });
        var copy = passkey.EnumerateObject().Where(p => p.Name is "credentialId" or "isResidentCredential" or "rpId" or "privateKey" or "userHandle" or "backupEligibility" or "backupState").ToDictionary(p => p.Name, p => (object)p.Value);
        copy["signCount"] = counter;
        await session.SendAsync("WebAuthn.addCredential", new() { ["authenticatorId"] = id, ["credential"] = copy });
    }

    /// <summary>The finger is not the owner's.</summary>
    public Task Refuse() => session.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = id, ["isUserVerified"] = false });
}
