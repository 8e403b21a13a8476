using System.Net;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Care;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Lowdose.Web.SignIn;

/// <summary>What clinic mode brings along; nothing of it is there on a person's own computer.</summary>
internal static class SignInSetup
{
    /// <summary>Brings it.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, ClinicMode clinic, Archive archive, IClock clock)
    {
        services.AddSingleton(clinic).AddSingleton(clinic.Key);
        services.AddSingleton(new Sessions(archive, clock)).AddSingleton(new Passkeys(archive, clock)).AddSingleton(new Invitations(archive, clock));
        services.AddSingleton(new Guesses(archive, clinic.Key, clock)).AddSingleton(new Once(archive, clock)).AddSingleton(new RecoveryCodes(archive, clinic.Key, clock));
        services.AddSingleton<ClinicList>().AddHostedService<LookingAhead>();
        services.AddDataProtection().SetApplicationName("lowdose");
        services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new SealedKeyRing(new KeyRing(archive, clinic.Key)));
        services.AddSingleton<Tickets>();
        services.AddIdentityCore<Account>(identity => identity.User.AllowedUserNameCharacters = "").AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Passwords.Rounds);
        services.AddScoped<IUserStore<Account>, AccountStore>().AddScoped<ILookupNormalizer, Normalizer>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>().AddScoped<Ceremony>().AddScoped<Passwords>().AddScoped<SecondStep>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ServerDomain = clinic.Address?.Host;
            // The device itself asks for a face, a finger or a PIN: two factors in one. And nobody has to type a name.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AttestationConveyancePreference = "none";
            passkeys.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
            passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}");
        });
        return services;
    }

    /// <summary>Behind a proxy, a request is what the proxy says it is: how and from where it came to the proxy.</summary>
    public static void UseProxy(this WebApplication app, Uri address) => app.Use((context, next) =>
    {
        if (context.Request.Host.Host.Equals(address.Host, StringComparison.OrdinalIgnoreCase)) context.Request.Scheme = address.Scheme;
        // The last one is the proxy's own word; those before it are whatever the visitor wrote.
        if (context.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim() is { Length: > 0 } from && IPAddress.TryParse(from, out var visitor)) context.Connection.RemoteIpAddress = visitor;
        return next(context);
    });

    /// <summary>Names are compared as <see cref="Account.Plain"/> makes them.</summary>
    private sealed class Normalizer : ILookupNormalizer
    {
        public string? NormalizeName(string? name) => name is null ? null : Account.Plain(name);

        public string? NormalizeEmail(string? email) => NormalizeName(email);
    }
}
