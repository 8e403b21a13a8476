using System.Text;
using Lowdose.Diary;
using Lowdose.Exchange;
using Lowdose.Science.Inference.Crossover;
using Lowdose.Web.Layout;
using Lowdose.Web.Plots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Lowdose.Web.Pools;

/// <summary>The addresses of many people's diaries that are dropped in, pooled and given back.</summary>
internal static class PoolPages
{
    private const string ExampleFile = "sixteen-people.csv";

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/pool", () => Reply.Page<PoolPage>(new()));
        site.MapGet("/pool/example", () => Pooled(PostedPool.Of([PoolFile.Of(ExampleFile, Encoding.UTF8.GetString(Resource.Bytes($"examples/{ExampleFile}")!))], new SaidPool())));
        // A page that was posted to is often opened again by its address.
        foreach (var address in (string[])["/pool/json", "/pool/people", "/pool/tables", "/pool/plot", "/pool/crossover", "/pool/crossover-json"])
            site.MapGet(address, () => Results.Redirect("/pool"));

        site.MapPost("/pool", (HttpRequest request) => Answer(request, Pooled));
        Download(site, "/pool/json", "lowdose-pool.json", "application/json", posted => Bytes(s =>
        {
            if (posted.OneStage is { } one) PoolJson.Write(one, s);
            else PoolJson.Write(posted.TwoStage!, s);
        }));
        Download(site, "/pool/people", "lowdose-people.csv", "text/csv; charset=utf-8", posted => PoolSheet.Of(posted) is var sheet ? PooledPeopleCsv.Of(sheet.Names, sheet.People) : []);
        Download(site, "/pool/plot", "lowdose-people.svg", "image/svg+xml", posted => Encoding.UTF8.GetBytes(CaterpillarPlot.WriteSvg(PoolSheet.Of(posted).Drawn())));
        site.MapPost("/pool/tables", (HttpRequest request) => Answer(request, posted => posted.Refusal is null && posted.Tables() is { } tables
            ? Results.File(Bytes(s => PoolTables.Write(TableHeading.Of(posted.Analysis.Outcome, posted.Analysis.Contrast), tables.Tables, s)), "application/json", "lowdose-tables.json")
            : Pooled(posted)));
        site.MapPost("/pool/crossover", (HttpRequest request) => Answer(request, posted => Compared(posted, comparison => Reply.Page<CrossoverPage>(new()
        {
            [nameof(CrossoverPage.Posted)] = posted,
            [nameof(CrossoverPage.Comparison)] = comparison,
        })), pooled: false));
        site.MapPost("/pool/crossover-json", (HttpRequest request) => Answer(request, posted => Compared(posted, comparison =>
            Results.File(Bytes(s => CrossoverJson.Write(comparison, posted.Said.DiscardDays, Seed, s)), "application/json", "lowdose-crossover.json")), pooled: false));
    }

    /// <summary>Of the permutation test, as the command's.</summary>
    private const ulong Seed = 1;

    private static void Download(IEndpointRouteBuilder site, string address, string name, string type, Func<PostedPool, byte[]> write) =>
        site.MapPost(address, (HttpRequest request) => Answer(request, posted => posted.Refusal is null ? Results.File(write(posted), type, name) : Pooled(posted)));

    private static async Task<IResult> Answer(HttpRequest request, Func<PostedPool, IResult> answer, bool pooled = true)
    {
        IReadOnlyList<PoolFile> files;
        SaidPool said;
        try
        {
            // A browser carries line ends as two characters, and many files as many fields: what came in must also come back.
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 2 * PostedPool.LargestBytes;
            var form = request.HasFormContentType
                ? await request.ReadFormAsync(new FormOptions { ValueLengthLimit = 2 * PostedPool.LargestBytes, ValueCountLimit = 4096 }).ConfigureAwait(false) : FormCollection.Empty;
            (files, said) = (await PoolFile.From(form).ConfigureAwait(false), SaidPool.From(form));
        }
        catch (Exception tooLarge) when (tooLarge is BadHttpRequestException or InvalidDataException)
        {
            return TooLarge();
        }
        if (files.Sum(f => (long)f.Utf8.Length - f.Text.Count(c => c == '\r')) > PostedPool.LargestBytes) return TooLarge();
        return answer(pooled ? PostedPool.Of(files, said) : PostedPool.Read(files, said));
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<MessagePage> TooLarge() => Reply.Message(StatusCodes.Status413PayloadTooLarge, "This is too large for a page",
        $"A page takes {PostedPool.LargestBytes >> 20} MiB in all. The command takes any size: lowdose pool FILE.csv. It can also write summaries, which are small.");

    private static IResult Pooled(PostedPool posted) => posted.Refusal is null
        ? Reply.Page<PooledPage>(new() { [nameof(PooledPage.Posted)] = posted })
        : Reply.Page<PoolPage>(new() { [nameof(PoolPage.Refused)] = posted }, StatusCodes.Status422UnprocessableEntity);

    private static IResult Compared(PostedPool posted, Func<Comparison, IResult> answer)
    {
        if (posted.Refusal is not null) return Pooled(posted);
        if (posted.Columns.Files.Count == 0) return Pooled(posted with { Refusal = new(1, "a crossover is of diaries, and these are summaries", "choose the diaries, or pool the summaries"), RefusedFile = posted.Files[0].Name });
        var reading = posted.People(periods: true);
        if (reading.Refusal is not null) return Pooled(posted with { Refusal = reading.Refusal, RefusedFile = reading.File });
        if (posted.Said.DiscardDays < 0) return Pooled(posted with { Refusal = new(1, $"“{posted.Said.Discard}” is not a number of days", "give 0, 1, 2, … days to leave out") });
        return CrossoverDiaries.Of([.. reading.Diaries!], posted.Said.DiscardDays, posted.Columns.Outcome.HigherIsBetter, Seed) is { } study ? answer(Compare.Periods(study))
            : Pooled(posted with { Refusal = new(1, "no row has a period", "number the periods 1, 2, … in the column \"period\""), RefusedFile = posted.Columns.Files[0].Name });
    }

    /// <summary>What the command prints, its last line end too.</summary>
    private static byte[] Bytes(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
