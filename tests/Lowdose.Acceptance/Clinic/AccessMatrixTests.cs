using System.Net;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Security;
using Lowdose.Records.Clinic;
using Lowdose.Tests.Safety;
using Lowdose.Web.Access;
using NodaTime;
using Xunit.Abstractions;

namespace Lowdose.Acceptance.Clinic;

/// <summary>
/// S1, S3: every address × everybody × every kind of record, asked over HTTP. What ought to be is read from docs/safety/access.md, which people review, and worked
/// out here from who somebody is, not from the rules in the program.
/// </summary>
[Trait("trust", "S1")]
public sealed class AccessMatrixTests(ITestOutputHelper output)
{
    private static readonly string Table = Path.Combine(LowdoseProcess.Repository, "docs", "safety", "access.md");

    [Fact]
    public async Task Every_address_is_in_the_reviewed_table_with_its_rule_and_no_other_is()
    {
        await using var clinic = await OwnClinic.Start();
        var now = Address.Of(clinic).Select(a => $"| {a.Method} | `{a.Path}` | {Named(a.Rule)} |").Order(StringComparer.Ordinal).ToArray();
        var reviewed = File.ReadLines(Table).Where(line => line.StartsWith("| GET", StringComparison.Ordinal) || line.StartsWith("| POST", StringComparison.Ordinal)).ToArray();
        now.Except(reviewed).ShouldBeEmpty("these addresses are not in docs/safety/access.md: decide who may have each, then add its line");
        reviewed.Except(now).ShouldBeEmpty("these are in docs/safety/access.md and are no addresses");
    }

    [Fact]
    public async Task Everybody_reaches_what_is_theirs_and_all_else_looks_like_nothing()
    {
        await using var clinic = await OwnClinic.Start();
        var everybody = Everybody(clinic, out var shared);
        string[] records = ["", shared, everybody.Single(e => e.Name == "another person").Account!.Record!, Guid.NewGuid().ToString()];
        var (cells, wrong) = (0, new List<string>());
        foreach (var one in everybody)
        {
            using var asking = clinic.Visitor();
            var nothing = await Body(await Ask(clinic, one, "GET", "/no-such-page"));
            foreach (var address in Address.Of(clinic))
                foreach (var record in records)
                {
                    // What is open to all is the same for all, and some of it computes for long.
                    if (address.Rule is Admission.Anyone && record.Length == 0 && one.Account is { } signedIn && signedIn.Id != clinic.Admin.Id) continue;
                    cells++;
                    var path = (record.Length > 0 ? "/for/" + record : "") + address.Filled(clinic);
                    using var answer = await Ask(clinic, one, address.Method, path);
                    var (ought, said) = (Ought(one, clinic, address.Path, Named(address.Rule), record, shared), await Said(answer, nothing));
                    if (ought != said) wrong.Add($"{one.Name}: {address.Method} {path} ought to be {ought} and is {said} ({(int)answer.StatusCode})");
                }
        }
        wrong.ShouldBeEmpty();
        cells.ShouldBeGreaterThan(2_000);
        output.WriteLine(new FaultCount("S1", $"{everybody.Count} kinds of visitor ask for every address, on their own and three other records", cells, cells, "cells", "everybody reaches what is theirs; all else looks like a page that does not exist").ToString());
    }

    private enum Answer { Served, Nothing, AskedWho }

    // From who somebody is. "in" is what the rule's name says in the table.
    private static Answer Ought(Visitor one, OwnClinic clinic, string path, string rule, string record, string shared)
    {
        var onRecord = rule.StartsWith("record: ", StringComparison.Ordinal);
        if (rule == "own computer only" || (record.Length > 0 && !onRecord)) return Answer.Nothing;
        // Nobody begins a clinic that has begun.
        if (rule == "anyone") return path == "/begin" ? Answer.Nothing : Answer.Served;
        if (one.Account is null) return Answer.AskedWho;
        if (rule == "signed in") return Answer.Served;
        // The account that is asked about is of this clinic: to another's administrator it is not there.
        if (rule.StartsWith("role: ", StringComparison.Ordinal))
            return one.Account.Roles.Any(r => r.ToString() == rule[6..]) && (!path.Contains("{id}", StringComparison.Ordinal) || one.Account.Organisation == clinic.Admin.Organisation) ? Answer.Served : Answer.Nothing;
        var (may, own) = (rule[8..], record.Length == 0 ? one.Account.Record is not null : record == one.Account.Record);
        return own ? (may is "See" or "Write" or "Own" ? Answer.Served : Answer.Nothing)
            : record == shared && one.Rights.Contains(may) ? Answer.Served : Answer.Nothing;
    }

    private static async Task<Answer> Said(HttpResponseMessage answer, string nothing)
    {
        if (answer.StatusCode == HttpStatusCode.Unauthorized || answer.Goes()?.StartsWith("/sign-in?then=", StringComparison.Ordinal) == true) return Answer.AskedWho;
        return answer.StatusCode == HttpStatusCode.NotFound && await Body(answer) == nothing ? Answer.Nothing : Answer.Served;
    }

    /// <summary>All kinds of people, each with what they were let in for on one shared record.</summary>
    private static List<Visitor> Everybody(OwnClinic clinic, out string shared)
    {
        var person = clinic.Somebody(Role.Person, "Paula Person");
        var record = shared = person.Record!;
        Account With(Role role, string name, params May[] may) => may.Aggregate(clinic.Somebody(role, name), (account, one) =>
        {
            clinic.Archive.Change(tables => Grants.Give(tables, new(Guid.NewGuid().ToString(), record, account.Id, one, person.Id, clinic.Clock.GetCurrentInstant())));
            return account;
        });
        var late = With(Role.Carer, "Late Carer");
        var before = clinic.Clock.GetCurrentInstant() - Duration.FromDays(2);
        clinic.Archive.Change(tables => Grants.Give(tables, new(Guid.NewGuid().ToString(), record, late.Id, May.Write, person.Id, before, before + Duration.FromDays(1))));
        var withdrawn = With(Role.Prescriber, "Former Prescriber", May.Prescribe);
        new Consent(clinic.Archive, clinic.Clock).Withdraw(person, withdrawn.Id);
        var elsewhere = clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false)!;
        // A row that should not be there: the wall between organisations must not rest on nobody ever writing it.
        var outsider = clinic.Somebody(Role.Prescriber, "Outside Prescriber", elsewhere);
        clinic.Archive.Change(tables => Grants.Give(tables, new(Guid.NewGuid().ToString(), record, outsider.Id, May.Prescribe, person.Id, clinic.Clock.GetCurrentInstant())));
        return
        [
            new("nobody signed in", null), new("the person", person), new("another person", clinic.Somebody(Role.Person, "Peter Person")),
            new("a carer who sees", With(Role.Carer, "Seeing Carer", May.See), "See"), new("a carer who writes", With(Role.Carer, "Writing Carer", May.Write), "See", "Write"),
            new("a carer whose time is over", late), new("a carer of nobody", clinic.Somebody(Role.Carer, "Idle Carer")),
            new("a prescriber let in", With(Role.Prescriber, "Pia Prescriber", May.Prescribe), "See", "Prescribe"), new("a prescriber of others", clinic.Somebody(Role.Prescriber, "Paul Prescriber")),
            new("a prescriber no longer let in", withdrawn), new("a pharmacist let in", With(Role.Pharmacist, "Fia Pharmacist", May.Prepare), "Prepare"), new("a pharmacist of others", clinic.Somebody(Role.Pharmacist, "Finn Pharmacist")),
            new("a researcher", clinic.Somebody(Role.Researcher, "Rosa Researcher")), new("an administrator", clinic.Admin),
            new("a prescriber of another organisation", outsider), new("an administrator of another organisation", elsewhere),
        ];
    }

    private sealed record Visitor(string Name, Account? Account, params IReadOnlyList<string> Rights);

    private static string Named(Admission rule) => rule switch
    {
        Admission.Anyone => "anyone",
        Admission.SignedIn => "signed in",
        Admission.InRole(var role) => "role: " + role,
        Admission.OnRecord(var may, _) => "record: " + may,
        _ => "own computer only",
    };

    // A fresh session each time: some addresses end the one they are asked with.
    private static async Task<HttpResponseMessage> Ask(OwnClinic clinic, Visitor one, string method, string path)
    {
        using var http = clinic.Visitor(one.Account);
        using var request = new HttpRequestMessage(new(method), path);
        if (method == "POST") request.Content = new FormUrlEncodedContent([]);
        return await http.SendAsync(request);
    }

    private static Task<string> Body(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();
}
