using System.Collections.Immutable;
using System.Globalization;
using Cordon.Access;
using Cordon.Casework;
using Cordon.Casework.Answers;
using Cordon.Casework.Cases;
using Cordon.Casework.Reports;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;
using ReportedLoss = Cordon.Casework.Reports.ReportedLoss;
using Cordon.WebConsole;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Cordon.PublicPage;

/// <summary>The page on which anybody reports a fraud, without an account and without script.</summary>
internal static class PublicEndpoints
{
    public const string Root = "/report";

    /// <summary>A field that no person sees: what fills it in is a program.</summary>
    public const string Trap = "website";

    private const long MostBody = 64 * 1024;

    // A form is a few kilobytes: the slowest telephone is faster, and who sends a byte now and then holds a connection for a minute at most.
    private static readonly Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate LeastRate = new(bytesPerSecond: 1_000, gracePeriod: TimeSpan.FromSeconds(10));

    private const int MostWords = 4_000;
    private const int LeastWords = 10;
    private const int MostName = 100;
    private const int MostPointed = 50;
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(366);
    private static readonly TimeSpan ADay = TimeSpan.FromHours(24);
    private static readonly TimeSpan AWhile = TimeSpan.FromMinutes(30);

    /// <summary>Adds what the page is made of.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="originFile">The file of the key by which addresses are digested.</param>
    public static void AddPublicPage(this IServiceCollection services, string originFile)
    {
        services.AddSingleton(_ => OriginKey.LoadOrCreate(originFile));
        services.AddSingleton<TicketBooth>();
        services.AddSingleton<PublicForms>();
        PublicRates.Add(services);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("").ExcludeFromDescription().WithDeclaredPolicies();
        page.MapGet(Root, (HttpContext context, PublicForms forms) => forms.Form(context, Typed.Nothing)).WithName("public.report");
        page.MapPost(Root, SendAsync).WithName("public.report.send");
        page.MapGet(Root + "/state", (HttpContext context, PublicForms forms) => forms.State(context, null, asked: false)).WithName("public.state");
        page.MapPost(Root + "/state", LookAsync).WithName("public.state.send");
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, PublicForms forms, IAntiforgery antiforgery, TicketBooth booth, CaseDesk desk, OriginKey origins, TextMask mask, ConsoleOptions centre, PublicRates rates, TimeProvider time)
    {
        var texts = PublicForms.TextsOf(context);
        if (await ReadAsync(context) is not { } form) return forms.Form(context, Typed.Nothing, null, texts.TooLarge, StatusCodes.Status413PayloadTooLarge);
        var typed = new Typed(Field(form, "words"), Field(form, "lost"), Field(form, "when"), Field(form, "phone"), Field(form, "name"));
        if (!await antiforgery.IsRequestValidAsync(context) || booth.Open(form["ticket"]) is not { } ticket)
            return forms.Form(context, typed, null, texts.Stale, StatusCodes.Status400BadRequest);
        // A program is told what a person is told, and leaves nothing.
        if (Field(form, Trap).Length > 0) return PublicForms.Receipt(context, ticket);
        var now = time.GetUtcNow();
        if (Fault(typed, texts, now, centre.UtcOffset, out var losses, out var phone) is { } fault)
            return forms.Form(context, typed, form["ticket"], fault, StatusCodes.Status400BadRequest);
        var words = mask.Apply(typed.Words);
        var facts = ReportText.Read(words, new ReadingTerms(Instant.From(now), centre.UtcOffset, Currency.Cny, mask));
        var intake = new ReportIntake(
            ticket.SourceId, typed.Name.Length == 0 ? null : mask.Apply(typed.Name), phone, words, ReportIntake.TypeNotKnown, Pointed(facts, phone), losses, Instant.From(now))
        {
            Channel = ReportChannel.Public,
            Stranger = new StrangersMark(origins.Digest(context.Connection.RemoteIpAddress), ReportDesk.HashOf(ReportTicket.Plain(ticket.Secret))),
        };
        using var turn = await rates.EnterAsync(context.RequestAborted);
        if (!turn.IsAcquired) return PublicForms.Busy(context, StatusCodes.Status429TooManyRequests, null, PublicRates.Moment);
        var received = await desk.ReceiveAsync(Actor.System("public-page"), intake, context.RequestAborted);
        return received.Refusal?.Code switch
        {
            null => PublicForms.Receipt(context, ticket),
            "report/full-here" => PublicForms.Busy(context, StatusCodes.Status429TooManyRequests, texts.FullHere, ADay),
            "report/full-today" => PublicForms.Busy(context, StatusCodes.Status503ServiceUnavailable, texts.FullToday, AWhile),
            // The same form with other words: a person who pressed Back, and means a further report.
            "report/other-report" => forms.Form(context, typed, null, texts.Stale, StatusCodes.Status409Conflict),
            _ => PublicForms.Busy(context, StatusCodes.Status503ServiceUnavailable, null, TimeSpan.FromSeconds(10)),
        };
    }

    private static async Task<IResult> LookAsync(HttpContext context, PublicForms forms, IAntiforgery antiforgery, ReportDesk desk, PublicRates rates)
    {
        if (await ReadAsync(context) is not { } form || !await antiforgery.IsRequestValidAsync(context)) return forms.State(context, null, asked: false);
        using var turn = await rates.EnterAsync(context.RequestAborted);
        if (!turn.IsAcquired) return PublicForms.Busy(context, StatusCodes.Status429TooManyRequests, null, PublicRates.Moment);
        return forms.State(context, await desk.StateOfAsync(ReportTicket.SourceOf(Field(form, "number")), ReportTicket.Plain(Field(form, "secret"))), asked: true);
    }

    /// <summary>The form; null where the body is none or too large.</summary>
    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBody;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = LeastRate;
        if (!context.Request.HasFormContentType) return null;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }

    private static string Field(IFormCollection form, string name) => form[name].ToString().ReplaceLineEndings("\n").Trim();

    private static string? Fault(Typed typed, PublicTexts texts, DateTimeOffset now, TimeSpan offset, out ImmutableArray<ReportedLoss> losses, out PhoneNumber phone)
    {
        losses = [];
        if (!DoorPhones.TryRead(typed.Phone, PhoneCheck.Possible, out phone)) return texts.BadPhone;
        if (typed.Words.Length is < LeastWords or > MostWords || typed.Words.Any(c => char.IsControl(c) && c is not ('\t' or '\n'))) return texts.BadWords;
        if (typed.Name.Length > MostName || typed.Name.Any(char.IsControl)) return texts.BadName;
        var at = now;
        if (typed.When.Length > 0)
        {
            if (!DateTime.TryParseExact(typed.When, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
                || local.Year < 2000) return texts.BadWhen;
            at = new DateTimeOffset(local, offset);
            if (at > now + TimeSpan.FromMinutes(5) || at < now - LooksBack) return texts.BadWhen;
        }
        if (typed.Lost.Length == 0) return null;
        if (AmountText.Read(typed.Lost.Replace(",", "", StringComparison.Ordinal), Currency.Cny, AmountRounding.Refuse, out var amount, out _) != AmountFault.None
            || amount.Minor is <= 0 or > ReportIntake.MostLostMinor) return texts.BadLost;
        losses = [new ReportedLoss(null, null, null, null, amount, Instant.From(at))];
        return null;
    }

    // Numbers of services and of emergencies are named in many a report and belong to nobody who defrauds.
    private static Suspects Pointed(ReportFacts facts, PhoneNumber own) => new(
        [.. facts.Phones.Where(p => p.Sort != PhoneSort.Hotline && p.Number != own).Select(p => p.Number).Distinct().Take(MostPointed)],
        [],
        [.. facts.Links.Where(l => l.IsDomain).Select(l => l.Host).Distinct().Take(MostPointed)]);
}
