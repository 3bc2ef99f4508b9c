using System.Text;
using Cordon.Casework.Cases;
using Cordon.Casework.Cases.Room;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Tests.Orders;
using Cordon.Tests.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using static Cordon.Tests.Orders.OrderCentre;

namespace Cordon.Tests.Cases;

/// <summary>The work on a case: who does it, tasks, notes, evidence, its end by two and its new beginning.</summary>
public sealed class CaseRoomTests : IDisposable
{
    private static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cordon-evidence-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_case_is_closed_by_two_once_all_is_done_and_its_money_is_pursued_no_more_until_it_is_reopened(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        using var room = Room(centre);
        var order = await centre.DraftedAsync();
        var id = order.CaseId;
        var task = (await room.SetTaskAsync(Office, id, "Call the victim", null, centre.Store.Now + TimeSpan.FromDays(1), Cancel)).Value;
        var undone = (await room.ActAsync(Office, id, new ProposeClosing(CaseEnd.NothingReached, "All was cashed."), Cancel)).Refusal;
        Assert.Equal(("case/undone", "Not all is done in it: 1 order, 1 task."), (undone?.Code, undone?.Message));
        Assert.True((await centre.Orders.ActAsync(Li, order.Id, new WithdrawOrder("Nothing is there."), Cancel)).Succeeded);
        Assert.Equal("case/no-reason", (await room.EndTaskAsync(Office, task.Id, false, " ", Cancel)).Refusal?.Code);
        Assert.Equal(CaseTaskState.Done, (await room.EndTaskAsync(Office, task.Id, true, "She knows.", Cancel)).Value.State);
        Assert.Equal("task/ended", (await room.EndTaskAsync(Office, task.Id, true, null, Cancel)).Refusal?.Code);

        Assert.Equal("case/no-closing", (await room.ActAsync(Li, id, new CloseCase(), Cancel)).Refusal?.Code);
        Assert.Equal(CaseState.Open, (await room.ActAsync(Office, id, new ProposeClosing(CaseEnd.NothingReached, "All was cashed."), Cancel)).Value.State);
        Assert.Equal("case/closing-waits", (await room.ActAsync(Li, id, new ProposeClosing(CaseEnd.NoFraud, "x"), Cancel)).Refusal?.Code);
        Assert.Equal("case/same-person", (await room.ActAsync(Office, id, new CloseCase(), Cancel)).Refusal?.Code);
        Assert.Null((await room.ActAsync(Li, id, new RefuseClosing("Look at bank-b again."), Cancel)).Value.Closing);
        await room.ActAsync(Office, id, new ProposeClosing(CaseEnd.NothingReached, "Looked at; all was cashed."), Cancel);
        var closed = (await room.ActAsync(Li, id, new CloseCase(), Cancel)).Value;
        Assert.Equal((CaseState.Closed, Office.Id, Li.Id, CaseEnd.NothingReached), (closed.State, closed.Closing!.By, closed.Closing.ApprovedBy, closed.Closing.End));
        Assert.Equal("case/closed", (await room.SetTaskAsync(Office, id, "More", null, centre.Store.Now + TimeSpan.FromDays(1), Cancel)).Refusal?.Code);
        Assert.Equal("case/closed", (await room.ActAsync(Office, id, new AssignCase(null), Cancel)).Refusal?.Code);

        // Money that moves on now is nobody's to follow, and no stop of it is drafted.
        await centre.TellAsync(Pay("t2", "bank-b:m", "bank-b:n", 20_000_00, 40));
        Assert.Equal(0, await centre.Cases.FollowOpenAsync(Cancel));
        await centre.FollowAsync(id);
        Assert.DoesNotContain(await centre.Orders.ListAsync(Office, new OrderFilter { Case = id, Limit = 10 }), o => o.Draft);
        Assert.Equal("case/no-reason", (await room.ActAsync(Li, id, new ReopenCase(""), Cancel)).Refusal?.Code);
        Assert.Equal((CaseState.Open, null), ((await room.ActAsync(Li, id, new ReopenCase("A second victim."), Cancel)).Value.State, closed.Region));
        Assert.Contains(await centre.Orders.ListAsync(Office, new OrderFilter { Case = id, Limit = 10 }), o => o.Draft);
        Assert.Equal("case/not-closed", (await room.ActAsync(Li, id, new ReopenCase("Again."), Cancel)).Refusal?.Code);
        var view = (await room.ViewAsync(Office, id))!;
        Assert.Equal("case.reopened", view.History[0].Name);
        Assert.Equal(["case.closing-proposed", "case.closing-refused", "case.closing-proposed", "case.closed", "case.reopened"], view.History.Reverse().Select(h => h.Name).Where(n => n.Contains("clos", StringComparison.Ordinal) || n == "case.reopened"));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task It_is_given_to_active_people_of_the_centre_and_to_regions_that_exist(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        using var room = Room(centre);
        var id = (await centre.DraftedAsync()).CaseId;
        var people = new PeopleRegister(centre.Store, Options.Create(new PasswordHasherOptions()));
        var officer = (await people.AddAsync(Office, new PersonFacts("chen", "Chen Jie", null, [Roles.DutyOfficer], "a long enough password"), Cancel)).Value;
        var clerk = (await people.AddAsync(Office, new PersonFacts("clerk", "Zhou", Member("bank-a"), [Roles.MemberClerk], "a long enough password"), Cancel)).Value;
        Assert.Equal([($"person:{officer}", "Chen Jie")], await room.StaffAsync());
        Assert.Equal("case/no-such-person", (await room.ActAsync(Office, id, new AssignCase($"person:{clerk}"), Cancel)).Refusal?.Code);
        Assert.Equal("case/no-such-person", (await room.ActAsync(Office, id, new AssignCase("person:nobody"), Cancel)).Refusal?.Code);
        Assert.Equal($"person:{officer}", (await room.ActAsync(Office, id, new AssignCase($"person:{officer}"), Cancel)).Value.AssignedTo);
        Assert.Single(await centre.Cases.ListAsync(Office, new CaseFilter { AssignedTo = $"person:{officer}" }));
        Assert.Empty(await centre.Cases.ListAsync(Office, new CaseFilter { AssignedTo = $"person:{clerk}" }));
        Assert.Equal("case/no-such-region", (await room.ActAsync(Office, id, new HandOverCase("99", "Theirs."), Cancel)).Refusal?.Code);
        var handed = (await room.ActAsync(Office, id, new HandOverCase("33", "The victim lives there."), Cancel)).Value;
        // Whoever had it there is not who has it here.
        Assert.Equal(("33", null), (handed.Region, handed.AssignedTo));
        Assert.Single(await centre.Cases.ListAsync(Office, new CaseFilter { Region = "33" }));
        Assert.True((await people.SetDisabledAsync(Office, officer, true, Cancel)).Succeeded);
        Assert.Equal("case/no-such-person", (await room.ActAsync(Office, id, new AssignCase($"person:{officer}"), Cancel)).Refusal?.Code);
        Assert.Equal("case/not-found", (await room.ActAsync(Clerk(Member("bank-a")), id, new AssignCase(null), Cancel)).Refusal?.Code);
        Assert.Null(await room.ViewAsync(Clerk(Member("bank-a")), id));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Evidence_is_kept_once_under_its_hash_and_read_back_only_as_it_was(Provider provider)
    {
        await using var centre = await OpenAsync(provider);
        using var room = Room(centre);
        var first = (await centre.DraftedAsync()).CaseId;
        await centre.TellAsync(Pay("t9", "bank-a:o", "bank-b:n", 10_000_00, 0));
        var second = await SecondCaseAsync(centre);
        var added = (await room.AddAsync(Office, first, "聊天记录.png", new MemoryStream(Picture), Cancel)).Value;
        Assert.Equal(("image/png", Picture.Length, added.Id), (added.MediaType, (int)added.Size, (await room.AddAsync(Office, first, "again.png", new MemoryStream(Picture), Cancel)).Value.Id));
        var other = (await room.AddAsync(Office, second, "copy.png", new MemoryStream(Picture), Cancel)).Value;
        var file = Assert.Single(folder.GetFiles("*", SearchOption.AllDirectories));
        Assert.Equal(added.Hash, file.Name);
        var opened = (await room.OpenAsync(Office, added.Id, Cancel)).Value;
        await using (opened.Bytes)
        {
            var read = new MemoryStream();
            await opened.Bytes.CopyToAsync(read, Cancel);
            Assert.Equal(Picture, read.ToArray());
        }
        Assert.Equal("evidence/not-found", (await room.OpenAsync(Clerk(Member("bank-a")), added.Id, Cancel)).Refusal?.Code);

        // The name may be a person's and stays out of the audited text; the hash is in it.
        var row = await centre.Store.ReadAsync(db => db.Set<EventRow>().Where(e => e.Name == "case-evidence.added").OrderBy(e => e.Position).FirstAsync(Cancel));
        Assert.Contains(added.Hash, row.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("聊天记录", row.Body, StringComparison.Ordinal);
        Assert.NotNull((await room.RemoveAsync(Office, added.Id, "Handed in twice.", Cancel)).Value.RemovedAt);
        Assert.Equal("evidence/removed", (await room.OpenAsync(Office, added.Id, Cancel)).Refusal?.Code);
        Assert.True(file.Exists);
        await File.WriteAllBytesAsync(file.FullName, [.. Picture, 9], Cancel);
        Assert.Equal("evidence/damaged", (await room.OpenAsync(Office, other.Id, Cancel)).Refusal?.Code);
        await room.RemoveAsync(Office, other.Id, "Damaged.", Cancel);
        Assert.Empty(folder.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_goes_after_a_day_and_evidence_stays()
    {
        await using var centre = await OpenAsync();
        using var room = Room(centre);
        var id = (await centre.DraftedAsync()).CaseId;
        var kept = (await room.AddAsync(Office, id, "a.png", new MemoryStream(Picture), Cancel)).Value;
        var (cut, orphan) = (Path.Combine(folder.FullName, "x1.part"), Path.Combine(folder.CreateSubdirectory("ab").FullName, "ab" + new string('0', 62)));
        foreach (var file in new[] { cut, orphan }) await File.WriteAllBytesAsync(file, Picture, Cancel);
        foreach (var file in folder.GetFiles("*", SearchOption.AllDirectories)) file.LastWriteTimeUtc = centre.Store.Now.ToDateTimeOffset().UtcDateTime - TimeSpan.FromHours(23);
        Assert.Equal(0, await room.SweepAsync(Cancel));
        centre.Advance(TimeSpan.FromHours(2));
        Assert.Equal(2, await room.SweepAsync(Cancel));
        Assert.Equal(kept.Hash, Assert.Single(folder.GetFiles("*", SearchOption.AllDirectories)).Name);
    }

    [Fact]
    public async Task A_file_that_comes_slowly_keeps_nobody_else_waiting()
    {
        await using var centre = await OpenAsync();
        using var room = Room(centre);
        var id = (await centre.DraftedAsync()).CaseId;
        var pipe = new System.IO.Pipelines.Pipe();
        await pipe.Writer.WriteAsync(Picture, Cancel);
        var slow = room.AddAsync(Office, id, "slow.png", pipe.Reader.AsStream(), Cancel);
        Assert.True((await room.AddAsync(Office, id, "other.txt", new MemoryStream("说明"u8.ToArray()), Cancel)).Succeeded);
        Assert.False(slow.IsCompleted);
        await pipe.Writer.CompleteAsync();
        Assert.True((await slow).Succeeded);
    }

    [Fact]
    public async Task What_cannot_be_evidence_is_told_by_name_and_leaves_nothing_behind()
    {
        await using var centre = await OpenAsync();
        using var room = Room(centre);
        var id = (await centre.DraftedAsync()).CaseId;
        async Task<string?> SayAsync(string name, byte[] bytes, Guid? of = null) => (await room.AddAsync(Office, of ?? id, name, new MemoryStream(bytes), Cancel)).Refusal?.Code;
        Assert.Equal("case/not-found", await SayAsync("a.png", Picture, Guid.Empty));
        Assert.Equal("evidence/bad-name", await SayAsync("", Picture));
        Assert.Equal("evidence/bad-name", await SayAsync("../a.png", Picture));
        Assert.Equal("evidence/empty", await SayAsync("a.png", []));
        Assert.Equal("evidence/unknown-kind", await SayAsync("a.exe", Picture));
        Assert.Equal("evidence/other-kind", await SayAsync("a.pdf", Picture));
        Assert.Equal("evidence/other-kind", await SayAsync("a.txt", Picture));
        Assert.Equal("evidence/too-large", await SayAsync("a.png", [.. Picture, .. new byte[EvidenceFiles.MostBytes]]));
        Assert.Equal("note/bad", (await room.WriteAsync(Office, id, " ", Cancel)).Refusal?.Code);
        Assert.Equal("task/bad", (await room.SetTaskAsync(Office, id, "x", null, centre.Store.Now, Cancel)).Refusal?.Code);
        Assert.Equal("task/not-found", (await room.EndTaskAsync(Office, Guid.Empty, true, null, Cancel)).Refusal?.Code);
        Assert.Empty(folder.GetFiles("*", SearchOption.AllDirectories));
        Assert.True((await room.WriteAsync(Office, id, "受害人补充：对方自称客服。", Cancel)).Succeeded);
        Assert.Single((await room.ViewAsync(Office, id))!.Notes);
    }

    [Theory]
    [InlineData("a.PDF", "%PDF-1.7\n", "application/pdf")]
    [InlineData("a.jpg", "\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("a.gif", "GIF89a...", "image/gif")]
    [InlineData("a.webp", "RIFF....WEBPVP8 ", "image/webp")]
    [InlineData("a.wav", "RIFF....WAVEfmt ", "audio/wav")]
    [InlineData("a.wav", "RIFF....WEBPVP8 ", null)]
    [InlineData("a.mp3", "ID3\u0004", "audio/mpeg")]
    [InlineData("a.amr", "#!AMR\n", "audio/amr")]
    [InlineData("a.ogg", "OggS", "audio/ogg")]
    [InlineData("a.mp4", "....ftypisom", "video/mp4")]
    [InlineData("a.mp4", "....ftypheic", null)]
    [InlineData("a.heic", "....ftypheic", "image/heic")]
    [InlineData("a.webm", "\u001a\u0045\u00df\u00a3", "video/webm")]
    [InlineData("a.docx", "PK\u0003\u0004....[Content_Types].xml", "application/vnd.openxmlformats-officedocument")]
    [InlineData("a.docx", "PK\u0003\u0004....evil.exe", null)]
    [InlineData("a.txt", "MZ\u0090\u0000\u0003", null)]
    [InlineData("a.csv", "a,b\r\n1,2\r\n", "text/plain")]
    [InlineData("a.txt", "\u00e9t\u00e9", null)]
    public void A_file_is_what_its_first_bytes_say_or_refused(string name, string latin, string? type)
    {
        var kind = FileKinds.Of(Encoding.Latin1.GetBytes(latin), name);
        Assert.Equal(type ?? "evidence/other-kind", kind.Refusal?.Code ?? kind.Value);
    }

    [Fact]
    public void A_text_whose_last_character_the_head_cuts_is_still_a_text()
    {
        var bytes = Encoding.UTF8.GetBytes("转账记录");
        for (var cut = 0; cut < 3; cut++) Assert.Equal("text/plain", FileKinds.Of(bytes.AsSpan(0, bytes.Length - cut), "a.txt").Value);
        Assert.NotNull(FileKinds.Of([.. bytes[..^1], (byte)'x'], "a.txt").Refusal);
    }

    private CaseRoom Room(OrderCentre centre) => new(centre.Store, new EvidenceFiles(folder.FullName), centre.Cases);

    private static Engine.Signals.MemberCode Member(string code) => Engine.Signals.MemberCode.Parse(code);

    private static async Task<Guid> SecondCaseAsync(OrderCentre centre)
    {
        var (payer, payee) = (Engine.Signals.AccountNumber.Parse("bank-a:o"), Engine.Signals.AccountNumber.Parse("bank-b:n"));
        var loss = new Casework.Reports.ReportedLoss(new Engine.Signals.SignalId("t9"), payer.Member, null, payee, Yuan(10_000_00), At(0));
        var intake = new Casework.Reports.ReportIntake("r-second", "钱某", null, "被骗", "fake-police", new Casework.Reports.Suspects([], [payee], []), [loss], At(30));
        return (await centre.Cases.ReceiveAsync(Office, intake, Cancel)).Value.Case;
    }
}
