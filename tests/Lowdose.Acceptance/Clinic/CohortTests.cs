using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Records.Clinic;
using Lowdose.Web.Cohorts;

namespace Lowdose.Acceptance.Clinic;

/// <summary>A researcher sees those who agreed, together; nobody alone, and nobody who took it back.</summary>
public sealed class CohortTests
{
    private static Task<string> Text(HttpClient http, string path) => http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>So many people with a course of so many days who agreed to research.</summary>
    internal static Account[] Agreed(Cared cared, int people, int days = 20, string? score = null)
    {
        var random = new Random(3);
        Account[] all = [.. Enumerable.Range(0, people).Select(i => cared.Person($"Canaryname{i}", days, random: random))];
        foreach (var person in all)
        {
            new Consent(cared.Clinic.Archive, cared.Clinic.Clock).GiveResearch(person);
            if (score is null) continue;
            cared.Write(person, Subjects.Course, 0, (CourseFields.Primary, score));
            cared.Write(person, Subjects.Day(Cared.Today), 0, (score, "4"));
        }
        return all;
    }

    private static HttpClient Researcher(Cared cared) => cared.Clinic.Visitor(cared.Clinic.Somebody(Role.Researcher, "Rosa Researcher"));

    [Fact]
    public async Task Of_fewer_than_five_people_nothing_is_shown_or_given_out()
    {
        await using var cared = await Cared.Start();
        Agreed(cared, 4);
        cared.Person("Not asked");
        using var rosa = Researcher(cared);
        var page = await Text(rosa, "/cohort");
        page.ShouldContain("Fewer than 5 people have agreed.");
        page.ShouldNotContain("<table");
        foreach (var file in (string[])["/cohort.csv", "/cohort.json", "/cohort.csv?score=pain"])
        {
            using var answer = await rosa.Get(file);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, file);
        }
    }

    [Fact]
    public async Task Those_who_agreed_are_counted_with_how_complete_they_are_what_they_take_and_the_effect()
    {
        await using var cared = await Cared.Start();
        Agreed(cared, 6);
        cared.Person("Not asked");
        var elsewhere = cared.Clinic.Accounts.Begin("Another Clinic", new(OwnClinic.NewId(), "Bob Admin"), onlyFirst: false)!;
        new Consent(cared.Clinic.Archive, cared.Clinic.Clock).GiveResearch(cared.Clinic.Somebody(Role.Person, "Outside Person", elsewhere));
        using var rosa = Researcher(cared);
        var page = await Text(rosa, "/cohort");
        page.ShouldContain("6 people agreed");
        page.ShouldContain("<th scope=\"row\">2</th><td>100%</td>");
        page.ShouldContain("<th scope=\"row\">up to 1.5 mg</th><td>6</td>");
        page.ShouldContain("<th scope=\"row\">pain</th><td>6</td>");
        page.ShouldContain("On the drug, pain was");
        page.ShouldNotContain("Canaryname");
    }

    [Trait("trust", "S2")]
    [Fact]
    public async Task A_file_has_no_name_record_date_or_word_and_lowdose_reads_it_back()
    {
        await using var cared = await Cared.Start();
        var people = Agreed(cared, 6);
        foreach (var person in people)
            cared.Write(person, Subjects.Day(Cared.Today.PlusDays(-2)), 0, ("note", "canarynote"), ("treatment/canarymedicine", "started: canaryword"), ("event/infection", "canaryevent"), ("effect/canaryeffect", "mild"));
        using var rosa = Researcher(cared);
        var (csv, json, page) = (await Text(rosa, "/cohort.csv?score=pain"), await Text(rosa, "/cohort.json?score=pain"), await Text(rosa, "/cohort"));
        foreach (var given in (string[])[csv, json, page])
        {
            given.ShouldNotContain("canary", Case.Insensitive);
            foreach (var person in people) { given.ShouldNotContain(person.Record!); given.ShouldNotContain(person.Id); }
            Regex.IsMatch(given, @"20\d\d-\d\d").ShouldBeFalse();
        }
        var rows = csv.TrimEnd('\n').Split('\n');
        rows[0].ShouldBe("person,day,pain,dose_mg");
        rows[1..].ShouldAllBe(row => Regex.IsMatch(row, @"^[1-6],\d{1,2},\d{0,2},[\d.]*$"));
        rows[1..].Select(row => row.Split(',')[0]).Distinct().Count().ShouldBe(6);
        rows.Count(row => row.Split(',')[1] == "1").ShouldBe(6);
        var read = PoolTables.Read("cohort", Encoding.UTF8.GetBytes(json));
        read.Refusal.ShouldBeNull();
        read.Tables.Count.ShouldBe(6);
    }

    [Trait("trust", "S4")]
    [Fact]
    public async Task Whoever_takes_consent_back_is_out_at_the_next_request()
    {
        await using var cared = await Cared.Start();
        var people = Agreed(cared, 6);
        using var rosa = Researcher(cared);
        (await Text(rosa, "/cohort.csv")).ShouldContain("\n6,1,");
        using (var own = cared.Clinic.Visitor(people[0])) (await own.Post("/rights/research", ("research", "no"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Text(rosa, "/cohort")).ShouldContain("5 people agreed");
        (await Text(rosa, "/cohort.csv")).ShouldNotContain("\n6,1,");
        new Consent(cared.Clinic.Archive, cared.Clinic.Clock).Withdraw(people[1], null);
        (await Text(rosa, "/cohort")).ShouldContain("Fewer than 5 people");
        (await rosa.Get("/cohort.csv")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_few_with_another_main_score_cannot_be_counted_by_subtraction_nor_by_a_file()
    {
        await using var cared = await Cared.Start();
        Agreed(cared, 6);
        Agreed(cared, 2, score: "fatigue");
        using var rosa = Researcher(cared);
        var page = await Text(rosa, "/cohort");
        page.ShouldContain("8 people agreed");
        page.ShouldContain("<th scope=\"row\">pain</th><td>kept back</td>");
        page.ShouldContain("<th scope=\"row\">fatigue</th><td>kept back</td>");
        page.ShouldNotContain("/cohort.csv");
        foreach (var file in (string[])["/cohort.csv", "/cohort.csv?score=pain", "/cohort.json?score=fatigue"]) (await rosa.Get(file)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, file);
    }

    [Fact]
    public async Task A_course_that_goes_on_alone_is_cut_off_in_the_file()
    {
        await using var cared = await Cared.Start();
        Agreed(cared, 5, days: 9);
        Agreed(cared, 1, days: 30);
        using var rosa = Researcher(cared);
        (await Text(rosa, "/cohort.csv")).TrimEnd('\n').Split('\n')[1..].Max(row => int.Parse(row.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(10);
    }

    [Fact]
    public async Task Two_files_number_people_otherwise()
    {
        await using var cared = await Cared.Start();
        Agreed(cared, 12);
        using var rosa = Researcher(cared);
        var (one, other) = (await Text(rosa, "/cohort.csv"), await Text(rosa, "/cohort.csv"));
        // The same twice by chance: once in 479,001,600.
        one.ShouldNotBe(other);
        string[] Courses(string csv) => [.. csv.TrimEnd('\n').Split('\n')[1..].Select(r => r.Split(',', 2)).GroupBy(r => r[0]).Select(g => string.Join(';', g.Select(r => r[1]))).Order(StringComparer.Ordinal)];
        Courses(one).ShouldBe(Courses(other));
    }

    [Fact]
    public async Task Each_look_and_each_file_is_noted_with_how_many_people_and_a_refused_one_is_not()
    {
        await using var cared = await Cared.Start();
        Agreed(cared, 6);
        using var rosa = Researcher(cared);
        (await Text(rosa, "/cohort")).ShouldNotBeEmpty();
        (await Text(rosa, "/cohort.csv")).ShouldNotBeEmpty();
        (await rosa.Get("/cohort.csv?score=fatigue")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var noted = cared.Clinic.Archive.Query(tables => tables.Set<AuditRow>().AsEnumerable().Where(r => r.Act.StartsWith("cohort", StringComparison.Ordinal)).OrderBy(r => r.Sequence).Select(r => $"{r.Act}: {r.Detail}").ToArray());
        noted.ShouldBe(["cohort seen: records 6", "cohort exported: records 6"]);
    }

    [Theory]
    [InlineData("20 8 5", "20 8 5")]
    [InlineData("20 8 3", "20 - -")]
    [InlineData("20 3 2", "20 - -")]
    [InlineData("20 3 1 6 7", "20 - - - 7")]
    [InlineData("12 0 0", "12 - -")]
    [InlineData("5 4", "- -")]
    public void No_count_of_a_few_is_shown_or_left_to_be_worked_out_from_the_total(string counts, string shown) =>
        string.Join(' ', SmallCells.Shown([.. counts.Split(' ').Select(c => int.Parse(c, System.Globalization.CultureInfo.InvariantCulture))]).Select(c => c?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-")).ShouldBe(shown);

    [Fact]
    public void Whatever_the_counts_what_is_kept_back_is_nobody_or_at_least_five_together()
    {
        var random = new Random(11);
        for (var run = 0; run < 10_000; run++)
        {
            int[] counts = [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => random.Next(3) == 0 ? 0 : random.Next(0, 14))];
            if (counts.Sum() < SmallCells.Fewest) continue;
            var shown = SmallCells.Shown(counts);
            shown.Zip(counts).ShouldAllBe(c => c.First == null || (c.First == c.Second && c.Second >= 5));
            var together = counts.Where((_, i) => shown[i] is null).Sum();
            (together is 0 or >= 5).ShouldBeTrue(string.Join(' ', counts));
        }
    }
}
