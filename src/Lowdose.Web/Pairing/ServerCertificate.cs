using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NodaTime;

namespace Lowdose.Web.Pairing;

/// <summary>Why a certificate cannot be used, and what to do.</summary>
/// <param name="What">What is wrong, without a full stop.</param>
/// <param name="Do">What to do.</param>
/// <param name="Password">Whether the password is what is wrong.</param>
public sealed record CertificateRefusal(string What, string Do, bool Password = false);

/// <summary>What Lowdose shows over https: a certificate it is given, or one of its own.</summary>
public static class ServerCertificate
{
    /// <summary>How long one of its own is good. Phones refuse more than 825 days.</summary>
    public static readonly Duration Life = Duration.FromDays(365);

    private static readonly Duration RenewBefore = Duration.FromDays(14);

    // A key that is never written to the system's own store; macOS has no such thing.
    private static readonly X509KeyStorageFlags Storage = OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <summary>Reads a PFX file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; null for none.</param>
    /// <param name="now">A certificate must be good now.</param>
    /// <param name="certificate">The certificate with its key; null where it is refused.</param>
    /// <returns>Why it is refused; null where it is not.</returns>
    public static CertificateRefusal? Read(string path, string? password, Instant now, out X509Certificate2? certificate)
    {
        certificate = null;
        if (!File.Exists(path)) return new($"there is no certificate {path}", "check the name and the folder");
        try
        {
            var read = X509CertificateLoader.LoadPkcs12FromFile(path, password, Storage);
            if (!read.HasPrivateKey) return new($"{path} holds no private key", "export the certificate together with its key as PFX");
            var (from, until) = (Instant.FromDateTimeUtc(read.NotBefore.ToUniversalTime()), Instant.FromDateTimeUtc(read.NotAfter.ToUniversalTime()));
            if (now < from || until <= now) return new($"the certificate {path} is good from {from:uuuu-MM-dd} to {until:uuuu-MM-dd} only", "renew it");
            certificate = read;
            return null;
        }
        catch (CryptographicException wrong)
        {
            // The framework says this of a wrong password and of a password that is missing.
            return wrong.HResult == unchecked((int)0x80070056) || wrong.Message.Contains("password", StringComparison.OrdinalIgnoreCase)
                ? new($"the password does not open the certificate {path}", "set it in the environment variable LOWDOSE_CERTIFICATE_PASSWORD", Password: true)
                : new($"{path} is not a PFX file", "give a certificate with its key as PFX (PKCS #12)");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new($"the certificate {path} cannot be read", "check that you may read it");
        }
    }

    /// <summary>One of its own for these names and addresses; kept, and made anew where it runs out or lacks one of them.</summary>
    /// <param name="folder">Where it is kept, for its owner's eyes; must be there.</param>
    /// <param name="names">Names of this computer.</param>
    /// <param name="addresses">Addresses of this computer.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public static X509Certificate2 OpenOrMake(string folder, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses, Instant now)
    {
        var path = Path.Combine(folder, "certificate.pfx");
        if (Read(path, null, now + RenewBefore, out var kept) is null && names.All(name => kept!.MatchesHostname(name)) && addresses.All(a => kept!.MatchesHostname(a.ToString())))
            return kept!;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Lowdose on " + names[0], key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names) alternatives.AddDnsName(name);
        foreach (var address in addresses) alternatives.AddIpAddress(address);
        request.CertificateExtensions.Add(alternatives.Build());
        // A phone takes only an authority into its list; this one may name nobody but itself.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var made = request.CreateSelfSigned(now.ToDateTimeOffset().AddDays(-1), (now + Life).ToDateTimeOffset());
        var pfx = made.Export(X509ContentType.Pkcs12);
        OwnFile.Write(path, pfx);
        return X509CertificateLoader.LoadPkcs12(pfx, null, Storage);
    }

    /// <summary>What a person compares: SHA-256, in pairs.</summary>
    public static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(":", certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Whether it vouches for itself only, so that a browser warns of it.</summary>
    public static bool IsOwn(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
