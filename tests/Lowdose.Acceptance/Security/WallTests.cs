using System.Security.Cryptography;
using System.Text.Json;
using Lowdose.Acceptance.Clinic;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S5: whatever anybody of one organisation does, nothing of another changes.</summary>
[Trait("trust", "S5")]
public sealed class WallTests
{
    [Fact]
    public Task Whatever_one_organisation_does_leaves_the_other_as_it_was() => Leaves(200, seed: 1);

    [Fact, Trait("speed", "slow")]
    public Task Whatever_one_organisation_does_for_long_leaves_the_other_as_it_was() => Leaves(5_000, seed: 2);

    private static async Task Leaves(int steps, int seed)
    {
        await using var cared = await Cared.Start();
        var clinic = cared.Clinic;
        var person = cared.Person("Paula Person");
        new Consent(clinic.Archive, clinic.Clock).GiveResearch(person);
        var invited = clinic.Invitations.Invite(clinic.Admin, Role.Carer);
        var outside = clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false)!;
        Account[] others = [outside, .. Enum.GetValues<Role>().Where(r => r != Role.Admin).Select(r => clinic.Somebody(r, "Other " + r, outside))];
        string[] known = [person.Record!, person.Id, cared.Dora.Id, clinic.Admin.Id, clinic.Admin.Organisation];
        string[] names = ["account", "record", "id", "key", "may", "role", "roles", "name", "research", "to", "kind", "base", "session", "credential"];
        var (before, random) = (Of(clinic, clinic.Admin.Organisation), new Random(seed));
        var posts = Address.Of(clinic).Where(a => a.IsPersonal).ToArray();
        for (var step = 0; step < steps; step++)
        {
            using var http = clinic.Visitor(others[random.Next(others.Length)]);
            var address = posts[random.Next(posts.Length)];
            var path = (random.Next(3) == 0 ? $"/for/{person.Record}" : "") + address.Path.Replace("{id}", known[random.Next(known.Length)], StringComparison.Ordinal);
            if (path.Contains('{', StringComparison.Ordinal)) path = address.Filled(clinic);
            using var answer = address.Method == "GET" ? await http.Get(path + "?record=" + person.Record)
                : await http.Post(path, [.. names.Where(_ => random.Next(2) == 0).Select(n => (n, n switch { "may" => "Prescribe", "role" or "roles" => "Prescriber", "research" => "yes", _ => known[random.Next(known.Length)] }))]);
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
        }
        Of(clinic, clinic.Admin.Organisation).ShouldBe(before);
        clinic.Invitations.Find(invited).ShouldNotBeNull();
    }

    /// <summary>A digest of all that belongs to an organisation; sessions of its people too.</summary>
    private static string Of(OwnClinic clinic, string organisation) => clinic.Archive.Query(tables =>
    {
        var accounts = tables.Set<Account>().Where(a => a.Organisation == organisation).OrderBy(a => a.Id).ToArray();
        string[] ids = [.. accounts.Select(a => a.Id)], records = [.. accounts.Where(a => a.Record is not null).Select(a => a.Record!)];
        object[] all =
        [
            accounts, tables.Set<Session>().Where(s => ids.Contains(s.Account)).OrderBy(s => s.Key).ToArray(), tables.Set<Invitation>().Where(i => i.Organisation == organisation).OrderBy(i => i.Key).ToArray(),
            tables.Set<Grant>().Where(g => records.Contains(g.Record)).OrderBy(g => g.Id).ToArray(), tables.Set<Passkey>().Where(p => ids.Contains(p.Account)).ToArray(), tables.Writes.Where(w => records.Contains(w.Person)).OrderBy(w => w.Sequence).ToArray(),
        ];
        return Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all.Select(part => JsonSerializer.Serialize(part, part.GetType())).ToArray())));
    });
}
