using Lowdose.Exchange;
using Lowdose.Web.Diaries;
using Lowdose.Web.Layout;
using Lowdose.Web.Prepare;
using Lowdose.Web.RedFlags;
using Lowdose.Web.Reports;
using Lowdose.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Lowdose.Web;

/// <summary>The front door: pages from the diary straight to the verdict. It keeps nothing; a diary lives in the page that shows it.</summary>
public static class Site
{
    /// <summary>The site, ready to be run.</summary>
    /// <param name="url">Where it listens, as <c>http://127.0.0.1:5080</c>; port 0 takes a free one.</param>
    public static WebApplication Build(Uri url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "lowdose", EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore().UseUrls(url.GetLeftPart(UriPartial.Authority)).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = PostedDiary.LargestBytes + (64 << 10);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddRazorComponents();
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueLengthLimit = PostedDiary.LargestBytes;
            form.ValueCountLimit = 64;
        });
        builder.Services.AddSingleton<IHostLifetime, ConsoleLifetime>().Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        // A log line could hold a diary; only the kind of a defect is said, by the handler below.
        builder.Logging.ClearProviders();

        var app = builder.Build();
        app.UseGuard(url.Host);
        app.Use(SayDefects);
        app.UseRouting();
        MapAssets(app);
        MapPages(app);
        // The first verdict should not wait for what the second one finds ready.
        app.Lifetime.ApplicationStarted.Register(() => _ = Task.Run(() => VerdictReport.WriteHtml(PostedDiary.Of(Example.All[0].Text, new SaidFormat()).Verdict!)));
        app.MapFallback(() => Message(StatusCodes.Status404NotFound, "There is nothing here", "The address is wrong, or the page has gone."));
        return app;
    }

    private static void MapAssets(WebApplication app)
    {
        foreach (var asset in Asset.All)
        {
            app.MapGet(asset.Path, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.Bytes(asset.Content, asset.ContentType);
            });
        }
    }

    private static void MapPages(WebApplication app)
    {
        app.MapGet("/", () => Page<FirstPage>(new()));
        app.MapGet("/style", () => Page<StylePage>(new()));
        app.MapGet("/example/{name}", (string name) => Example.All.FirstOrDefault(e => e.Name == name) is { } example
            ? Verdict(PostedDiary.Of(example.Text, new SaidFormat()))
            : Message(StatusCodes.Status404NotFound, "There is no such example", "The first page lists them."));
        // A page that was posted to is often opened again by its address.
        foreach (var address in (string[])["/verdict", "/report", "/data", "/json"])
            app.MapGet(address, () => Results.Redirect("/"));

        app.MapGet("/red-flags", () => Page<RedFlagsPage>(new()));
        app.MapGet("/screen", () => Page<ScreenPage>(new() { [nameof(ScreenPage.Answers)] = Answers.None }));
        app.MapGet("/screen/profile", () => Results.Redirect("/screen"));
        app.MapPost("/screen", async (HttpRequest request) => await Screened(await Form(request).ConfigureAwait(false)).ConfigureAwait(false));
        app.MapPost("/screen/profile", async (HttpRequest request) =>
            (await Answers.From(await Form(request).ConfigureAwait(false), Today).ConfigureAwait(false)) is { Profile: { } profile }
                ? Results.File(System.Text.Encoding.UTF8.GetBytes(ProfileText.Of(profile)), "application/json", "PROFILE.json")
                : Results.Redirect("/screen"));
        app.MapGet("/prepare", () => Page<PreparePage>(new() { [nameof(PreparePage.Posted)] = PostedMix.Empty(Today) }));
        app.MapPost("/prepare", async (HttpRequest request) => Mix(await Form(request).ConfigureAwait(false)));

        app.MapPost("/verdict", async (HttpRequest request) => Verdict(await Posted(request).ConfigureAwait(false)));
        app.MapPost("/report", async (HttpRequest request) => await Download(request, "lowdose-report.html", "text/html; charset=utf-8",
            posted => System.Text.Encoding.UTF8.GetBytes(VerdictReport.WriteHtml(posted.Verdict!))).ConfigureAwait(false));
        app.MapPost("/data", async (HttpRequest request) => await Download(request, "lowdose-days.csv", "text/csv; charset=utf-8",
            posted => DaysCsv.Of(posted.Verdict!)).ConfigureAwait(false));
        app.MapPost("/json", async (HttpRequest request) => await Download(request, "lowdose-verdict.json", "application/json",
            posted =>
            {
                using var json = new MemoryStream();
                VerdictJson.Write(posted.Verdict!, json);
                return json.ToArray();
            }).ConfigureAwait(false));
    }

    private static LocalDate Today => SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb.GetSystemDefault()).Date;

    private static async Task<IFormCollection> Form(HttpRequest request) =>
        request.HasFormContentType ? await request.ReadFormAsync().ConfigureAwait(false) : FormCollection.Empty;

    private static async Task<IResult> Screened(IFormCollection form)
    {
        var answers = await Answers.From(form, Today).ConfigureAwait(false);
        if (answers.Profile is null || form.ContainsKey("change"))
            return Page<ScreenPage>(new() { [nameof(ScreenPage.Answers)] = answers }, answers.Profile is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        return Page<FindingsPage>(new() { [nameof(FindingsPage.Profile)] = answers.Profile, [nameof(FindingsPage.Screening)] = Loaded.Screen.Of(answers.Profile) });
    }

    private static IResult Mix(IFormCollection form)
    {
        var posted = PostedMix.From(form, Today);
        if (posted.Card is null || form.ContainsKey("change"))
            return Page<PreparePage>(new() { [nameof(PreparePage.Posted)] = posted }, posted.Card is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        return posted.ToConfirm.Count > 0
            ? Page<ConfirmPage>(new() { [nameof(ConfirmPage.Posted)] = posted })
            : Page<CardPage>(new() { [nameof(CardPage.Posted)] = posted });
    }

    private static async Task<PostedDiary> Posted(HttpRequest request) => request.HasFormContentType
        ? await PostedDiary.From(await request.ReadFormAsync().ConfigureAwait(false)).ConfigureAwait(false)
        : PostedDiary.Of("", new SaidFormat());

    private static IResult Verdict(PostedDiary posted) => posted.Verdict is null
        ? Page<FirstPage>(new() { [nameof(FirstPage.Refused)] = posted }, StatusCodes.Status422UnprocessableEntity)
        : Page<VerdictPage>(new() { [nameof(VerdictPage.Posted)] = posted });

    private static async Task<IResult> Download(HttpRequest request, string name, string type, Func<PostedDiary, byte[]> write)
    {
        var posted = await Posted(request).ConfigureAwait(false);
        return posted.Verdict is null ? Verdict(posted) : Results.File(write(posted), type, name);
    }

    private static RazorComponentResult<T> Page<T>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new(parameters) { StatusCode = status };

    private static RazorComponentResult<MessagePage> Message(int status, string heading, string text) =>
        Page<MessagePage>(new() { [nameof(MessagePage.Heading)] = heading, [nameof(MessagePage.Text)] = text }, status);

    private static async Task SayDefects(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception tooLarge) when (tooLarge is BadHttpRequestException or InvalidDataException)
        {
            await Say(StatusCodes.Status413PayloadTooLarge, "This is too large for a diary",
                $"A diary has a row a day and at most {PostedDiary.LargestBytes >> 20} MiB. Give one person’s days only.").ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last line of defence; what is said must not hold the diary.
        catch (Exception defect) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"lowdose: a defect: {defect.GetType().Name} at {defect.TargetSite?.DeclaringType?.Name}.{defect.TargetSite?.Name}").ConfigureAwait(false);
            await Say(StatusCodes.Status500InternalServerError, "Something went wrong in Lowdose", "It is a defect, not your diary. Going back keeps what you typed.").ConfigureAwait(false);
        }

        Task Say(int status, string heading, string text) => Message(status, heading, text).ExecuteAsync(context);
    }
}
