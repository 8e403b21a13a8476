#:property PublishAot=false
// Puts 218 rows together again from the counts that Polo et al. 2019 published of charts in Finland: dotnet run make-charts.cs (in this folder).
// No row is a person. Published: 218 patients, 73.9 % of them with a response and 18.3 % without, effects known of 92.2 %, 7.3 % stopped for a side
// effect; nausea in 5 (2.5 %) and anxiety in 2 (1.0 %), shares that fit 201 patients and not 218.
// Worked out: 161, 40 and 16 are the only whole numbers with those percentages, and 161 + 40 = 201 = 92.2 %.
// Not published, and chosen here: the 16 are taken from the 17 without a known effect; the side effect that ended treatment is known of these 16 and of
// the first 185 others. How long each was treated was not published, so there are no times.
const int people = 218, response = 161, none = 40, stopped = 16, known = 201;
string[] ended = [.. Enumerable.Repeat("nausea", 5), .. Enumerable.Repeat("anxiety", 2), .. Enumerable.Repeat("not named", 9)];
var lines = new List<string> { "person,response,stopped,reason,ending_side_effect" };
for (var i = 0; i < people; i++)
{
    var at = i - response - none;
    var stops = at is >= 0 and < stopped;
    var effect = stops ? ended[at] : i < known - stopped ? "none" : "";
    lines.Add($"{i + 1},{(i < response ? "yes" : i < response + none ? "no" : "")},{(stops ? "yes,side effect" : ",")},{effect}");
}
File.WriteAllText("finland-charts.csv", string.Join('\n', lines) + "\n");
