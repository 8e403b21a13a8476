using System.Security.Cryptography;
using Lowdose.Records;
using Lowdose.Records.Clinic;
using Lowdose.Web.Access;
using Lowdose.Web.Asking;
using Lowdose.Web.Audited;
using Lowdose.Web.Care;
using Lowdose.Web.Cohorts;
using Lowdose.Web.Consents;
using Lowdose.Web.Courses;
using Lowdose.Web.Day;
using Lowdose.Web.Diaries;
using Lowdose.Web.Known;
using Lowdose.Web.Layout;
using Lowdose.Web.Mechanism;
using Lowdose.Web.Pairing;
using Lowdose.Web.Papers;
using Lowdose.Web.Plans;
using Lowdose.Web.Pools;
using Lowdose.Web.Powers;
using Lowdose.Web.Prepare;
using Lowdose.Web.Questionnaires;
using Lowdose.Web.Records;
using Lowdose.Web.RedFlags;
using Lowdose.Web.Reminders;
using Lowdose.Web.Reports;
using Lowdose.Web.Screens;
using Lowdose.Web.Settings;
using Lowdose.Web.SignIn;
using Lowdose.Web.Synthesis;
using Lowdose.Web.Trials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Lowdose.Web;

/// <summary>The front door: pages straight to the model. A diary that is dropped in lives in the page that shows it; a diary that is kept lives in the archive.</summary>
public static class Site
{
    // The first verdict should not wait for what the second one finds ready; once in a program, however many sites it runs.
    private static readonly Lazy<Task> Ready = new(() => Task.Run(() =>
    {
        VerdictReport.WriteHtml(PostedDiary.Of(Example.All[0].Text, new SaidFormat()).Verdict!);
        KnownPages.Warm();
    }));

    /// <summary>The site, ready to be run.</summary>
    /// <param name="where">Where it listens.</param>
    /// <param name="archive">The records, which the caller opened and closes.</param>
    /// <param name="clock">Says what day it is and when a page writes; null: this computer's.</param>
    /// <param name="clinic">Accounts for many people; null: the archive is one person's own.</param>
    /// <param name="contact">Whom a push service may write to about the reminders this Lowdose sends: <c>mailto:</c> or <c>https:</c>; null for nobody.</param>
    /// <param name="secrets">Gives so many random bytes for the lots of trials; null: this computer's source of secrets.</param>
    /// <param name="log">Takes a clinic's line for each request, from many threads; null: the terminal.</param>
    /// <param name="reminders">How it goes about reminders; null: as usual.</param>
    public static WebApplication Build(Listening where, Archive archive, IClock? clock = null, ClinicMode? clinic = null, string? contact = null, Func<int, byte[]>? secrets = null, TextWriter? log = null, ReminderRounds? reminders = null)
    {
        clock ??= SystemClock.Instance;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "lowdose", EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls([.. where.Addresses, LocalSocket.Address(archive)]).ConfigureKestrel(kestrel =>
        {
            if (where.Certificate is { } certificate) kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            kestrel.AddServerHeader = false;
            kestrel.MarkLocal();
            kestrel.Limits.MaxRequestBodySize = PostedDiary.LargestBytes + (64 << 10);
        });
        // One of each for all rooms: what the clinic list worked out, the course page need not; looks at one time wait for the disk together.
        builder.Services.AddSingleton(archive).AddSingleton(clock).AddSingleton<Accounts>().AddSingleton<Grants>().AddSingleton<Consent>().AddSingleton<AuditTrail>().AddSingleton<Judged>();
        builder.Services.AddReminders(archive, clinic, clock, contact, reminders);
        if (clinic is not null) builder.Services.AddSignIn(clinic, archive, clock).AddSingleton(TrialRoom.Trials(archive, clinic.Key, secrets ?? RandomNumberGenerator.GetBytes));
        builder.Services.AddRoutingCore();
        builder.Services.AddRazorComponents();
        builder.Services.Configure<FormOptions>(form =>
        {
            form.ValueLengthLimit = PostedDiary.LargestBytes;
            form.ValueCountLimit = 512;
        });
        builder.Services.AddSingleton<IHostLifetime, ConsoleLifetime>().Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        // A log line could hold a diary; only the kind of a defect is said, by the handler below.
        builder.Logging.ClearProviders();

        var phones = new PairedPhones(archive.Folder, where.PhoneKey, clock);
        var app = builder.Build();
        app.UseLocalSocket(archive);
        app.UseDailyBackup(archive);
        if (clinic?.Address is { } address) app.UseProxy(address);
        // One person needs no log of themselves.
        if (clinic is not null) app.UseRequestLog(clock, log ?? Console.Error);
        app.UseGuard(where, phones, clinic);
        app.Use((context, next) => SayDefects(context, next, archive));
        if (clinic is not null)
        {
            SignedIn.Use(app);
            app.UseRecordPaths();
        }
        app.UseRouting();
        if (clinic is null) app.UsePersonalDoor(archive);
        else app.UseClinicDoor(archive, clock);
        MapAssets(app);
        Health.Map(app, archive);
        MapPages(app, where, phones, clock);
        if (clinic is not null)
        {
            SignInPages.Map(app);
            ConsentPages.Map(app, clock);
            CarePages.Map(app, clock);
            LetInPages.Map(app, clock);
            CohortPages.Map(app, archive, clock);
            TrialRoom.Map(app, archive, clock);
        }
        else OwnTrialPages.Map(app, archive, clock, secrets ?? RandomNumberGenerator.GetBytes);
        app.Lifetime.ApplicationStarted.Register(() => _ = Ready.Value);
        app.MapFallback(Door.Nothing).ForAnyone();
        app.EveryAddressHasARule();
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
            }).ForAnyone();
        }
    }

    private static void MapPages(WebApplication app, Listening where, PairedPhones phones, IClock clock)
    {
        // What keeps nothing and shows nobody's record.
        var open = app.MapGroup("").ForAnyone();
        open.MapGet("/style", () => Reply.Page<StylePage>(new()));
        open.MapGet("/red-flags", () => Reply.Page<RedFlagsPage>(new()));
        DiaryPages.Map(open);
        PoolPages.Map(open);
        SynthesisPages.Map(open);
        Charts.ChartPages.Map(open);
        PowerPages.Map(open);
        MechanismPages.Map(open);
        ScreenPages.Map(open, clock);
        PlanPages.Map(open, clock);
        PreparePages.Map(open, clock);
        PairPages.Map(app.MapGroup("").OnlyPersonal(), where, phones);
        AskingPages.Map(open);
        KnownPages.Map(open);
        PaperPages.Map(open, clock);
        DayPages.Map(app, clock);
        CoursePages.Map(app, clock);
        OfflinePages.Map(open);
        SettingsPages.Map(app, clock);
        WhoLookedPages.Map(app);
        ReminderPages.Map(app, PushAllowance.Browsers, clock);
        QuestionnairePages.Map(app, clock);
    }

    private static async Task SayDefects(HttpContext context, RequestDelegate next, Archive archive)
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
        catch (NotKeptException notKept) when (!context.Response.HasStarted)
        {
            // The frame of the page that says so must not ask the records again.
            if (notKept.Why == NotKept.DatabaseAway)
            {
                context.Features.Set<RecordInHand>(null);
                context.Features.Set<Who>(null);
            }
            await Say(notKept.Why == NotKept.DiskFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable,
                notKept.Why == NotKept.DatabaseAway ? "Lowdose cannot reach its records just now" : "This could not be kept", notKept.Why switch
                {
                    NotKept.DiskFull => "The disk is full. Make room on it, go back and send it again.",
                    NotKept.DiskFailed => "The disk failed. What was kept before can still be read. Check the disk, then start Lowdose again.",
                    _ => "It will soon. Go back, wait a minute and try again. Sending the same twice does no harm.",
                }).ConfigureAwait(false);
        }
        catch (SealedException) when (!context.Response.HasStarted)
        {
            if (HttpMethods.IsGet(context.Request.Method)) context.Response.Redirect("/unlock?then=" + Uri.EscapeDataString(context.Request.Path));
            else await Say(StatusCodes.Status423Locked, "Lowdose is locked", "Open the settings and give your passphrase, then go back and send this again.").ConfigureAwait(false);
        }
        catch (DamagedException damaged) when (!context.Response.HasStarted)
        {
            // Not 503: a phone would take that for a full disk. It keeps what it has and tries again.
            await Instead(Reply.Page<DamagedPage>(new()
            {
                [nameof(DamagedPage.Folder)] = archive.Folder, [nameof(DamagedPage.Backups)] = archive.Backups(), [nameof(DamagedPage.Said)] = damaged.Message,
            }, StatusCodes.Status500InternalServerError)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The last line of defence; what is said must not hold the diary.
        catch (Exception defect) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            await Console.Error.WriteLineAsync($"lowdose: a defect: {defect.GetType().Name} at {defect.TargetSite?.DeclaringType?.Name}.{defect.TargetSite?.Name}").ConfigureAwait(false);
            await Say(StatusCodes.Status500InternalServerError, "Something went wrong in Lowdose", "It is a defect, not your diary. Going back keeps what you typed.").ConfigureAwait(false);
        }

        Task Say(int status, string heading, string text) => Instead(Reply.Message(status, heading, text));

        // A page that broke off while it was rendered has left the framework's header, which the framework adds only once.
        Task Instead(IResult page)
        {
            context.Response.Headers.Remove("blazor-enhanced-nav");
            return page.ExecuteAsync(context);
        }
    }
}
