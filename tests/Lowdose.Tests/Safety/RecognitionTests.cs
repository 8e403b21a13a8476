using Lowdose.Safety;

namespace Lowdose.Tests.Safety;

/// <summary>Which substances are in what people write.</summary>
public class RecognitionTests
{
    [Theory]
    [InlineData("Tylenol 3", "codeine")]
    [InlineData("T3s", "codeine")]
    [InlineData("Tylenol No. 3", "codeine")]
    [InlineData("cough syrup with codeine", "codeine")]
    [InlineData("CO-CODAMOL 30/500", "codeine")]
    [InlineData("co codamal", "codeine")]
    [InlineData("tramadol50mg", "tramadol")]
    [InlineData("fentanyylilaastari", "fentanyl")]
    [InlineData("phentanyl", "fentanyl")]
    [InlineData("Methadon-Lösung", "methadone")]
    [InlineData("amitriptyline + oxycodone", "oxycodone")]
    public void Opioids_hide_in_many_spellings(string text, string substance) => Some.In(text).ShouldContain(substance);

    [Theory]
    [InlineData("Tylenol")]
    [InlineData("Tylenol 3 times a day")]
    [InlineData("Tylenol 325 mg")]
    [InlineData("Robitussin DM")]
    [InlineData("iodine")]
    [InlineData("Dilantin")]
    [InlineData("clonidine patch")]
    [InlineData("Fiorinal")]
    public void An_innocent_name_is_not_turned_into_an_opioid(string text) => FrozenLists.OpioidsIn(Some.Screen, Some.Knowledge, text).ShouldBeEmpty();

    [Fact]
    public void A_bare_T3_is_asked_about_because_it_may_be_thyroid_hormone_or_codeine()
    {
        Some.In("T3").ShouldNotContain("codeine");
        Some.ScreenOf(new Medicine("T3")).UnknownMedicines.ShouldBe(["T3"]);
    }

    [Fact]
    public void A_made_up_name_that_only_sounds_a_little_like_an_opioid_is_asked_about_and_does_not_block() =>
        Some.ScreenOf(new Medicine("Zzyzzol")).Status.ShouldBe(ScreenStatus.Provisional);

    [Fact]
    public void An_unknown_name_is_asked_about_and_never_passed()
    {
        var screening = Some.ScreenOf(new Medicine("Zorblaxin 20"));
        screening.UnknownMedicines.ShouldBe(["Zorblaxin 20"]);
        screening.Status.ShouldBe(ScreenStatus.Provisional);
    }

    [Theory]
    [InlineData("naltrexone, Zorblaxin")]
    [InlineData("naltrexone and Zorblaxin")]
    [InlineData("naltrexone 10mg/5ml with Zorblaxin")]
    [InlineData("naltrexone/Zorblaxin at bedtime, 2 tablets")]
    public void The_unknown_part_of_a_list_in_one_line_is_asked_about(string text) =>
        Some.ScreenOf(new Medicine(text)).UnknownMedicines.Single().ShouldStartWith("Zorblaxin");

    [Theory]
    [InlineData("belladonna and opium suppositories")]
    [InlineData("co-codamol 30/500")]
    [InlineData("Tylenol w/ codeine")]
    [InlineData("codeine and acetaminophen, 2 at night")]
    public void A_name_that_runs_over_a_divider_leaves_nothing_to_ask(string text) => Some.ScreenOf(new Medicine(text)).UnknownMedicines.ShouldBeEmpty();

    [Theory]
    [InlineData("222")]
    [InlineData("at bedtime")]
    [InlineData("-")]
    [InlineData("ibuprophen-like stuff from the health shop")]
    public void Whatever_it_is_something_is_asked_or_known(string text)
    {
        var screening = Some.ScreenOf(new Medicine(text));
        (screening.UnknownMedicines.Count + screening.Substances.Count).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_word_in_no_alphabet_we_read_is_asked_about() => Some.ScreenOf(new Medicine("кодеин")).UnknownMedicines.ShouldBe(["кодеин"]);

    [Theory]
    [InlineData("paracetamol without codeine")]
    [InlineData("codeine-free cough syrup")]
    public void What_is_said_not_to_be_there_is_asked_about_instead(string text)
    {
        Some.In(text).ShouldBeEmpty();
        Some.ScreenOf(new Medicine(text)).UnknownMedicines.ShouldBe([text]);
    }

    [Theory]
    [InlineData("codeine, free from the clinic")]
    [InlineData("Tylenol 3 daily")]
    public void In_doubt_it_is_the_opioid(string text) => Some.In(text).ShouldContain("codeine");

    [Fact]
    public void Cannot_do_without_it_is_taking_it() => Some.In("cannot sleep without codeine").ShouldBe(["codeine"]);

    [Theory]
    [InlineData("N02AX02", null, "tramadol")]
    [InlineData("r05da04", null, "codeine")]
    [InlineData(null, "7804", "oxycodone")]
    public void A_code_is_as_good_as_a_name(string? atc, string? rxNorm, string substance)
    {
        var found = Some.ScreenOf(new Medicine("", atc, rxNorm)).Substances.Single();
        found.Substance.Id.ShouldBe(substance);
        found.Match.ShouldBe(NameMatch.Code);
    }

    [Fact]
    public void A_code_nobody_here_knows_is_asked_about() => Some.ScreenOf(new Medicine("", "X99ZZ99")).UnknownMedicines.ShouldBe(["X99ZZ99"]);

    [Fact]
    public void Nothing_is_an_answer() => Some.ScreenOf(new Medicine("none")).Status.ShouldBe(ScreenStatus.Clear);

    [Theory]
    [InlineData("codine", "codeine")]
    [InlineData("Codein", "codeine")]
    [InlineData("buprinorphine", "buprenorphine")]
    public void A_slip_of_the_pen_is_still_the_drug(string written, string substance) => Some.In(written).ShouldBe([substance]);

    [Fact]
    public void Any_text_at_all_is_read_without_complaint()
    {
        foreach (var text in (string[])["", " ", "-", "1", "ß", "T", "\u0301", "😀", new string('x', 5000), "a,b;c+d", "no", "free", "no no codeine free"]) Some.ScreenOf(new Medicine(text));
    }
}
