using System.Net;
using System.Text.RegularExpressions;
using Lowdose.Acceptance.Clinic;
using Lowdose.Evidence;
using Lowdose.Records.Clinic;

namespace Lowdose.Acceptance.Security;

/// <summary>S15: an address, a title or a file's name stays in a history, in a bar others see, in a proxy's log. None says what somebody has or takes.</summary>
[Trait("trust", "S15")]
public sealed partial class MedicalWordTests
{
    // Conditions and signs beside the substances of knowledge/; whole words.
    private static readonly string[] Conditions =
    [
        "fibromyalgia", "me/cfs", "cfs", "fatigue", "pain", "arthritis", "crohn", "colitis", "sclerosis", "cancer", "tumour", "tumor", "depression", "anxiety", "hashimoto", "thyroid", "lupus", "sjogren", "psoriasis", "hiv", "hepatitis", "liver", "kidney", "pregnancy",
        "pregnant", "addiction", "dependence", "withdrawal", "opioid", "opioids", "alcohol", "methadone", "surgery", "transplant", "epilepsy", "insomnia", "crash", "nausea", "vivid", "ldn", "naltrexone", "symptom", "symptoms", "disease", "diagnosis", "dose", "mg",
    ];

    [Fact]
    public async Task No_address_title_or_file_name_says_what_somebody_has_or_takes()
    {
        await using var cared = await Cared.Start();
        var clinic = cared.Clinic;
        var person = cared.Person("Paula Person", days: 40);
        string[] words = [.. Conditions, .. Knowledge.BuiltIn().Substances.Values.SelectMany(s => s.Names).Where(name => name.Length > 3)];
        words.Length.ShouldBeGreaterThan(100);
        List<string> said = [];
        var (looked, files) = (0, 0);
        foreach (var account in (Account[])[person, cared.Dora, clinic.Admin])
            foreach (var address in Address.Of(clinic).Where(a => a.Method == "GET" && (a.IsPersonal || account == person)))
            {
                using var http = clinic.Visitor(account);
                using var answer = await http.Get(address.Filled(clinic));
                var name = answer.Content.Headers.ContentDisposition is { } file ? (file.FileNameStar ?? file.FileName ?? "").Trim('"') : "";
                files += name.Length > 0 ? 1 : 0;
                // Served examples are nobody's diary; what stands in their name is the study they are made after.
                var title = answer.Content.Headers.ContentType?.MediaType == "text/html" ? WebUtility.HtmlDecode(Title().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value) : "";
                looked++;
                foreach (var (what, text) in (ReadOnlySpan<(string, string)>)[("address", address.Path), ("sends on to", answer.Goes() ?? ""), ("title", title), ("file", name)])
                    said.AddRange(words.Where(word => Regex.IsMatch(text, $@"(?<![a-z]){Regex.Escape(word)}(?![a-z])", RegexOptions.IgnoreCase)).Select(word => $"{address.Path}: {what} \"{text}\" says {word}"));
            }
        said.ShouldBeEmpty();
        looked.ShouldBeGreaterThan(120);
        files.ShouldBeGreaterThan(0);
    }

    [GeneratedRegex("<title>([^<]*)</title>")] private static partial Regex Title();
}
