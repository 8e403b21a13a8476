using System.Text.Json;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.CommandLine;
using Lowdose.Acceptance.Records;
using Lowdose.Records.Clinic;
using NodaTime;

namespace Lowdose.Acceptance.Clinic;

/// <summary>S19: the last administrator lost everything, and whoever runs the server lets another one in.</summary>
public sealed partial class AdministratorTests
{
    [GeneratedRegex("^    (?<code>[0-9A-Z-]{32})$", RegexOptions.Multiline)]
    private static partial Regex Code { get; }

    [Fact]
    public async Task Beside_a_running_clinic_a_code_lets_one_more_administrator_in_and_the_trail_says_so()
    {
        await using var clinic = await OwnClinic.Start(store: new FileStore());
        var outcome = LowdoseProcess.Run("administrator", "--data", clinic.Folder);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Output.ShouldContain("an administrator of Clinic of the Meadow, once, within 24 hours");
        await LetsIn(clinic, Code.Match(outcome.Output).Groups["code"].Value);
    }

    [Fact]
    public async Task On_PostgreSQL_too_and_in_JSON()
    {
        var store = new ServerStore();
        await using var clinic = await OwnClinic.Start(store: store);
        var outcome = LowdoseProcess.Run("administrator", "--database", store.Connection!, "--json");
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        var said = JsonDocument.Parse(outcome.Output).RootElement;
        said.GetProperty("organisation").GetString().ShouldBe("Clinic of the Meadow");
        await LetsIn(clinic, said.GetProperty("code").GetString()!);
    }

    [Fact]
    public async Task After_a_day_the_code_is_good_no_more_and_another_administrator_can_take_it_back()
    {
        var clock = new Reminders.SetClock(SystemClock.Instance.GetCurrentInstant());
        await using var clinic = await OwnClinic.Start(clock);
        clinic.Invitations.InviteAdministrator(null, out var code, out _).ShouldBeNull();
        using var admin = clinic.Visitor(clinic.Admin);
        (await admin.GetStringAsync(new Uri("/people", UriKind.Relative))).ShouldContain("As an administrator");
        clock.Now += Invitations.ReturnLife;
        clinic.Invitations.Find(code!).ShouldBeNull();
        clinic.Invitations.InviteAdministrator(null, out code, out _).ShouldBeNull();
        using var signedIn = clinic.Visitor(clinic.Admin);
        (await signedIn.Post("/people/take-back", ("invitation", clinic.Invitations.Find(code!)!.Key))).Dispose();
        clinic.Invitations.Find(code!).ShouldBeNull();
    }

    [Fact]
    public async Task Which_clinic_is_asked_where_there_are_several_and_nothing_is_made_where_there_is_none()
    {
        await using var clinic = await OwnClinic.Start();
        clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false);
        clinic.Invitations.InviteAdministrator(null, out _, out _)!.Do.ShouldContain("Another Clinic, Clinic of the Meadow".Split(", ")[0]);
        clinic.Invitations.InviteAdministrator("nowhere", out _, out _)!.What.ShouldContain("“nowhere”");
        clinic.Invitations.InviteAdministrator("another clinic", out var code, out var organisation).ShouldBeNull();
        organisation.ShouldBe("Another Clinic");
        clinic.Invitations.Find(code!)!.Role.ShouldBe(Role.Admin);
        using var folder = new TemporaryFolder();
        var outcome = LowdoseProcess.Run("administrator", "--data", folder.Path);
        outcome.ExitCode.ShouldBe(3);
        outcome.Error.ShouldContain("no clinic has begun");
    }

    private static async Task LetsIn(OwnClinic clinic, string code)
    {
        using var http = clinic.Visitor();
        (await http.GetStringAsync(new Uri("/invitation/" + PrintedCode.Plain(code), UriKind.Relative))).ShouldContain("You are invited to Clinic of the Meadow, as an administrator.");
        using var joined = await http.Post("/invitation", ("code", code), ("name", "Ben Back"), ("sign-in-name", "ben"), ("password", "four quiet herons wading"), ("again", "four quiet herons wading"));
        joined.Goes().ShouldBe("/account/app");
        clinic.Accounts.FindByName("ben")!.Roles.ShouldBe([Role.Admin]);
        // The old one is as it was, and can be given a code to come back.
        clinic.Accounts.Find(clinic.Admin.Id)!.ClosedAt.ShouldBeNull();
        clinic.Invitations.Find(code).ShouldBeNull();
        clinic.Archive.Query(tables => tables.Set<AuditRow>().Where(a => a.Actor == Deed.Lowdose).Select(a => a.Act + ", " + a.Detail).ToArray()).ShouldBe(["invitation made, role admin"]);
        AuditWalk.Along(clinic.Archive, []).Fault.ShouldBeNull();
    }
}
