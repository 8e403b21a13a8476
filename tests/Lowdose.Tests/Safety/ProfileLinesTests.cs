using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Lowdose.Diary;
using Lowdose.Safety;
using Lowdose.Tests.Diary;
using NodaTime;

namespace Lowdose.Tests.Safety;

/// <summary>The answers to the screen, kept in the diary and asked again.</summary>
public sealed class ProfileLinesTests
{
    private static readonly Gen<string> Text = Gen.OneOf(Gen.Elements("codeine", "", " ", "none", "a | b", "\\", "\\e", "\\u0041", "two\nlines", "tab\t", "a  b ", new string('|', 300), string.Concat(Enumerable.Repeat("a b", 150)), "\ud800", "day not known", "last 2026-01-01", "😀"),
        Gen.Elements(" |\\eu0a\n😀\u2028".ToCharArray()).ArrayOf().Select(c => new string(c)));

    private static readonly Gen<LocalDate?> Day = Gen.Choose(-1, 9000).Select(n => n < 0 ? (LocalDate?)null : new LocalDate(2015, 1, 1).PlusDays(n));

    private static Gen<T?> Maybe<T>(Gen<T> gen)
        where T : class => Gen.OneOf(Gen.Constant<T?>(null), gen.Select(T? (v) => v));

    private static Gen<IReadOnlyList<T>?> Several<T>(Gen<T> gen) => Maybe(gen.ListOf().Select(l => (IReadOnlyList<T>)[.. l.Take(20)]));

    private static readonly Gen<Medicine> AnyMedicine = from text in Text from atc in Maybe(Text) from rx in Maybe(Text) from last in Day from form in Maybe(Text) select new Medicine(text, atc, rx, last, form);
    private static readonly Gen<Surgery> AnySurgery = from day in Day from opioids in Gen.Elements<bool?>(true, false, null) select new Surgery(day, opioids);
    private static readonly Gen<LabValue> AnyLab = from loinc in Text from value in Gen.Choose(-10_000, 1_000_000) from unit in Maybe(Text) from day in Day select new LabValue(loinc, value / 100m, unit, day);
    private static readonly Gen<Profile> Any = from medicines in Several(AnyMedicine) from conditions in Several(Text) from surgeries in Several(AnySurgery)
                                               from pregnancy in Gen.Elements<Pregnancy?>(null, Pregnancy.No, Pregnancy.Yes, Pregnancy.Trying, Pregnancy.Breastfeeding)
                                               from age in Gen.Choose(-1, 130) from labs in Several(AnyLab) from allergies in Several(Text) from tried in Several(Text) from day in Day
                                               select new Profile(medicines, conditions, surgeries, pregnancy, age < 0 ? null : age, labs, allergies, day ?? Safety.Some.Today) { Tried = tried };

    [Fact]
    public void Every_profile_comes_back_as_it_was_and_can_be_kept_in_the_diary() => Prop.ForAll(Any.ToArbitrary(), profile =>
    {
        var kept = ProfileLines.Of(profile).Where(c => c.Value is not null).ToDictionary(c => c.Field, c => c.Value!);
        // More than a hundred lines are refused by the diary, and said; nothing that is kept is cut.
        return Said(ProfileLines.Read(kept)!) == Said(profile) && kept.All(f => Fields.Refusal(Subjects.Profile, f.Key, f.Value) is null || f.Value.Count(c => c == '\n') >= 100);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void What_somebody_else_wrote_in_the_lines_is_never_lost()
    {
        var read = ProfileLines.Read(new Dictionary<string, string> { ["medicines"] = "codeine | since 2019\nibuprofen", ["labs"] = "1742-6", ["surgeries"] = "in spring", ["as-of"] = "2026-11-21" })!;
        read.Medicines!.Select(m => m.Text).ShouldBe(["codeine | since 2019", "ibuprofen"]);
        read.Labs.ShouldBeNull();
        read.Surgeries.ShouldBe([new Surgery(null, null)]);
        ProfileLines.Read(new Dictionary<string, string> { ["medicines"] = "none" }).ShouldBeNull();
    }

    [Fact]
    public void A_profile_out_of_the_log_is_screened_like_the_one_that_was_told()
    {
        var told = Safety.Some.Person with { Medicines = [new("codeine", LastTaken: new LocalDate(2026, 11, 18)), new("levothyroxine")], Surgeries = [new(new LocalDate(2027, 1, 4), true)] };
        var log = Writes.Log(Writes.Of(Subjects.Profile, null) with { Changes = ProfileLines.Of(told) });
        var kept = ProfileLines.Read(log.Now(Subjects.Profile).ToDictionary(f => f.Key, f => f.Value.Value))!;
        Safety.Some.Screen.Of(kept).Findings.Select(f => (f.Rule, f.Subject, f.Until)).ShouldBe(Safety.Some.Screen.Of(told).Findings.Select(f => (f.Rule, f.Subject, f.Until)));
    }

    private static string Said(Profile profile) => JsonSerializer.Serialize(new
    {
        Medicines = profile.Medicines?.Select(m => new { T = Codes(m.Text), A = Codes(m.Atc), R = Codes(m.RxNorm), L = m.LastTaken?.ToString(), F = Codes(m.Form) }), Conditions = profile.Conditions?.Select(Codes),
        Surgeries = profile.Surgeries?.Select(s => new { D = s.Date?.ToString(), s.OpioidsExpected }), profile.Pregnancy, profile.Age, Labs = profile.Labs?.Select(l => new { T = Codes(l.Loinc), l.Value, U = Codes(l.Unit), D = l.Date?.ToString() }),
        Allergies = profile.Allergies?.Select(Codes), Tried = profile.Tried?.Select(Codes), AsOf = profile.AsOf.ToString(),
    });

    // JSON would mend a half of a pair.
    private static IEnumerable<int>? Codes(string? text) => text?.Select(c => (int)c);
}
