using Lowdose.Acceptance.Clinic;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S10, S11: what every answer of a clinic says to the browser.</summary>
public sealed class HeaderTests
{
    [Fact, Trait("trust", "S11")]
    public async Task Every_address_answers_everybody_with_headers_that_let_a_page_do_nothing_it_does_not_need()
    {
        await using var clinic = await OwnClinic.Start();
        List<string> wrong = [];
        var asked = 0;
        foreach (var account in (Account?[])[null, clinic.Somebody(Role.Person), clinic.Admin])
            foreach (var address in Address.Of(clinic).Where(a => a.IsPersonal || account is null))
            {
                using var http = clinic.Visitor(account);
                using var request = new HttpRequestMessage(new(address.Method), address.Filled(clinic));
                if (address.Method == "POST") request.Content = new FormUrlEncodedContent([]);
                using var answer = await http.SendAsync(request);
                asked++;
                string Said(string header) => answer.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : "";
                var policy = Said("Content-Security-Policy");
                if (!policy.StartsWith("default-src 'none'", StringComparison.Ordinal) || policy.Contains("unsafe", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)) wrong.Add($"{address.Method} {address.Path}: policy {policy}");
                foreach (var (header, value) in (ReadOnlySpan<(string, string)>)[("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"), ("Server", "")])
                    if (Said(header) != value) wrong.Add($"{address.Method} {address.Path} ({(int)answer.StatusCode}): {header} is \"{Said(header)}\"");
                // What shows nothing of anybody may be kept by the browser; all else may not.
                if (answer.Headers.CacheControl?.NoStore != true && address.Path is not ("/sw.js" or "/manifest.webmanifest")) wrong.Add($"{address.Method} {address.Path}: may be kept");
            }
        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(250);
    }
}
