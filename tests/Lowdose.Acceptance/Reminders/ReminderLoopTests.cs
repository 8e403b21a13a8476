using Lowdose.Acceptance.CommandLine;
using Lowdose.Diary;
using Lowdose.Records;
using Lowdose.Web.Reminders;
using NodaTime;

namespace Lowdose.Acceptance.Reminders;

/// <summary>The loop that reminds, with a clock we set and a push service on this computer.</summary>
public sealed class ReminderLoopTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private readonly TemporaryFolder folder = new();
    private readonly SetClock clock = new(new LocalDateTime(2026, 12, 1, 12, 0).InZoneLeniently(Berlin).ToInstant());
    private readonly Held book = new();
    private readonly List<string> said = [];
    private readonly Guid id = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private LocalPush service = null!;
    private readonly VapidKey key;
    private readonly PushSender push;

    public ReminderLoopTests()
    {
        VapidKey.OpenOrMake(Path.Combine(folder.Path, "push.pem"), out var made).ShouldBeNull();
        key = made!;
        push = new(key, new([], ThisComputer: true), clock, null);
    }

    public async Task InitializeAsync()
    {
        service = await LocalPush.Start();
        Reminder.Of([new(22, 0)], null, 2, out var reminder).ShouldBeNull();
        book.Kept = new(reminder!, [new(id, new("", "", ""), service.Subscription(), reminder!.Begin(RemindersGiven.None, clock.Now.InZone(Berlin)), Berlin)]);
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    public void Dispose()
    {
        push.Dispose();
        key.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"Times":["22:00"],"AtMostADay":2}"""), InlineData("""{"Times":["22:00"],"AtMostADay":2,"Browsers":[{}]}"""), InlineData("null"), InlineData("")]
    public void A_file_that_is_none_of_ours_is_as_no_file(string text)
    {
        var path = Path.Combine(folder.Path, "reminders.json");
        File.WriteAllText(path, text);
        ReminderFile.Open(path).Read(Archive.Me).Reminder.Times.ShouldBeEmpty();
    }

    [Fact]
    public async Task Thirty_days_bring_thirty_reminders_that_say_nothing_medical()
    {
        using var loop = Loop();
        for (var end = clock.Now + Duration.FromDays(30); clock.Now < end; clock.Now += Duration.FromMinutes(20)) await loop.Look(default);
        service.Arrived.Count.ShouldBe(30);
        service.Arrived.Select(service.Read).Distinct().ShouldHaveSingleItem().ShouldBe("""{"title":"Reminder","text":"Time for your note."}""");
        said.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_starts_again_does_not_remind_again()
    {
        clock.Now += Duration.FromHours(11);
        using (var loop = Loop()) await loop.Look(default);
        using (var loop = Loop()) await loop.Look(default);
        service.Arrived.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_kept_is_not_sent()
    {
        clock.Now += Duration.FromHours(11);
        using var loop = Loop();
        book.BeforeKeeping = () => throw new IOException("the disk is full");
        await Should.ThrowAsync<IOException>(() => loop.Look(default));
        service.Arrived.ShouldBeEmpty();
        book.BeforeKeeping = () => { };
        await loop.Look(default);
        await loop.Look(default);
        service.Arrived.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_busy_push_service_is_asked_again_when_it_says_and_given_up_after_an_hour()
    {
        clock.Now += Duration.FromHours(10);
        using var loop = Loop();
        service.Answers.Enqueue((503, "600"));
        for (var minute = 0; minute < 12; minute++, clock.Now += Duration.FromMinutes(1)) await loop.Look(default);
        service.Arrived.Count.ShouldBe(2);
        clock.Now += Duration.FromDays(1);
        for (var again = 0; again < 200; again++) service.Answers.Enqueue((503, null));
        for (var minute = 0; minute < 120; minute++, clock.Now += Duration.FromMinutes(1)) await loop.Look(default);
        service.Arrived.Count.ShouldBe(2 + 61);
        said.ShouldHaveSingleItem().ShouldNotContain("http");
    }

    [Fact]
    public async Task A_browser_that_unsubscribed_is_forgotten()
    {
        clock.Now += Duration.FromHours(11);
        service.Answers.Enqueue((410, null));
        using var loop = Loop();
        await loop.Look(default);
        book.Kept.Browsers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reminders_turned_off_send_nothing_more()
    {
        clock.Now += Duration.FromHours(11);
        service.Answers.Enqueue((503, null));
        using var loop = Loop();
        await loop.Look(default);
        book.Kept = book.Kept with { Reminder = Reminder.Off };
        clock.Now += Duration.FromDays(1);
        await loop.Look(default);
        service.Arrived.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_loop_in_the_background_outlives_a_book_that_fails_once()
    {
        clock.Now += Duration.FromHours(11);
        var failed = 0;
        book.BeforeKeeping = () => { if (failed++ == 0) throw new IOException("the disk is full"); };
        using var loop = Loop(Duration.FromMilliseconds(20));
        await loop.StartAsync(default);
        for (var wait = 0; wait < 500 && service.Arrived.IsEmpty; wait++) await Task.Delay(20);
        await loop.StopAsync(default);
        service.Arrived.Count.ShouldBe(1);
        said.ShouldBe(["no reminder could be sent: IOException"]);
    }

    private ReminderLoop Loop(Duration? every = null) => new(book, push, clock, every ?? Duration.FromMinutes(1), said.Add);

    private sealed class Held : ReminderBook
    {
        public ChosenReminders Kept { get; set; } = ChosenReminders.None;
        public Action BeforeKeeping { get; set; } = () => { };

        public override ChosenReminders Read(string record) => Kept;

        public override IReadOnlyList<Reminded> All() => [.. In(Archive.Me, Kept)];

        public override void Change(string record, Func<ChosenReminders, ChosenReminders> change)
        {
            if (change(Kept) is var next && ReferenceEquals(next, Kept)) return;
            BeforeKeeping();
            Kept = next;
        }

        public override void Delete(string record) => Kept = ChosenReminders.None;
    }
}
