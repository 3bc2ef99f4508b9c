using Cordon.Casework.Reports;

namespace Cordon.PublicPage;

/// <summary>What a stranger reads, in one language. Short sentences: who reads this has just lost money.</summary>
public sealed record PublicTexts
{
    public required string Code { get; init; }
    public required string OtherCode { get; init; }
    public required string OtherName { get; init; }
    public required string Title { get; init; }
    public required string Lead { get; init; }
    public required string Urgent { get; init; }
    public required string CallPolice { get; init; }
    public required string CallAdvice { get; init; }
    public required string Words { get; init; }
    public required string WordsHint { get; init; }
    public required string Lost { get; init; }
    public required string LostHint { get; init; }
    public required string When { get; init; }
    public required string WhenHint { get; init; }
    public required string Phone { get; init; }
    public required string PhoneHint { get; init; }
    public required string Name { get; init; }
    public required string Trap { get; init; }
    public required string Privacy { get; init; }
    public required string Send { get; init; }
    public required string Look { get; init; }
    public required string ReceivedTitle { get; init; }
    public required string ReceivedLead { get; init; }
    public required string Number { get; init; }
    public required string Secret { get; init; }
    public required string Keep { get; init; }
    public required string Next { get; init; }
    public required string StateTitle { get; init; }
    public required string StateLead { get; init; }
    public required string NoSuch { get; init; }
    public required string Waiting { get; init; }
    public required string TakenUp { get; init; }
    public required string Closed { get; init; }
    public required string Back { get; init; }
    public required string BusyTitle { get; init; }
    public required Func<TimeSpan, string> ComeBack { get; init; }
    public required string FullHere { get; init; }
    public required string FullToday { get; init; }
    public required string BadWords { get; init; }
    public required string BadPhone { get; init; }
    public required string BadLost { get; init; }
    public required string BadWhen { get; init; }
    public required string BadName { get; init; }
    public required string Stale { get; init; }
    public required string TooLarge { get; init; }

    public static PublicTexts Chinese { get; } = new()
    {
        Code = "zh-CN", OtherCode = "en", OtherName = "English",
        Title = "报告诈骗",
        Lead = "在这里写下发生的事。无需账号。工作人员会先打电话与您核实，核实之前不会对任何账户或号码采取措施。",
        Urgent = "刚刚转出钱？先打电话，几分钟内才有可能止付。",
        CallPolice = "报警 110",
        CallAdvice = "反诈专线 96110",
        Words = "发生了什么",
        WordsHint = "谁联系了您，怎么说的，钱转到了哪里。请写上对方的电话、账号、网址和软件名称。请不要写密码、验证码和身份证号。",
        Lost = "损失金额（元，可不填）",
        LostHint = "例如 48000 或 48000.50",
        When = "转账时间（可不填）",
        WhenHint = "记不清可以不填。",
        Phone = "您的手机号",
        PhoneHint = "核实时我们打这个号码。我们不会要您转账，也不会要验证码。",
        Name = "怎么称呼您（可不填）",
        Trap = "请勿填写",
        Privacy = "您写的内容只用于反诈办案，由工作人员查看，页面上不会再显示。",
        Send = "提交报告",
        Look = "查询已提交的报告",
        ReceivedTitle = "已收到",
        ReceivedLead = "谢谢您。工作人员会给您打电话核实。",
        Number = "回执号",
        Secret = "查询码",
        Keep = "请记下或截屏保存。查询码只显示这一次；有了这两项才能查询进展，不要给别人。",
        Next = "接下来：留好转账凭证、聊天记录和通话记录；不要再给对方转钱；可向您的银行或支付机构说明情况。",
        StateTitle = "查询报告",
        StateLead = "输入回执号和查询码。这里只显示进展，不显示报告内容。",
        NoSuch = "回执号或查询码不对。请对照保存的内容再输一次。",
        Waiting = "已收到，等待工作人员核实。",
        TakenUp = "工作人员已核实，正在办理。",
        Closed = "此报告已结束处理。如有疑问，请拨打 96110。",
        Back = "返回报告页",
        BusyTitle = "现在接收不了",
        ComeBack = wait => $"请在{Of(wait, " 秒", " 分钟", " 小时")}后再试。按浏览器的返回键，您写的内容还在。",
        FullHere = "从这个网络发来的报告，等待核实的已经很多。今天不能再提交。",
        FullToday = "等待核实的报告已经很多，现在不能再提交。",
        BadWords = "请用 10 到 4000 个字写下发生的事。",
        BadPhone = "请填写能打通的手机号，例如 13800138000。",
        BadLost = "金额只写数字，大于零，最多两位小数。",
        BadWhen = "转账时间不能晚于现在，也不能早于一年前。",
        BadName = "称呼最多 100 个字。",
        Stale = "页面打开太久了。请再提交一次，您写的内容还在。",
        TooLarge = "内容太长了。请写得短一些。",
    };

    public static PublicTexts English { get; } = new()
    {
        Code = "en", OtherCode = "zh-CN", OtherName = "中文",
        Title = "Report a fraud",
        Lead = "Write here what happened. You need no account. A clerk calls you first; until then nothing is done about any account or number.",
        Urgent = "Have you just sent money? Call first: only within minutes can it perhaps be stopped.",
        CallPolice = "Police 110",
        CallAdvice = "Anti-fraud line 96110",
        Words = "What happened",
        WordsHint = "Who reached you, what they said, where the money went. Give their numbers, accounts, web addresses and apps. Leave out passwords, codes and identity numbers.",
        Lost = "How much you lost, in yuan (optional)",
        LostHint = "For example 48000 or 48000.50",
        When = "When you paid (optional)",
        WhenHint = "Leave it empty if you are not sure.",
        Phone = "Your phone number",
        PhoneHint = "We call this number. We never ask you for money or for a code.",
        Name = "Your name (optional)",
        Trap = "Leave this empty",
        Privacy = "What you write is used against fraud only and read by clerks. It is not shown on any page again.",
        Send = "Send the report",
        Look = "Look at a report sent before",
        ReceivedTitle = "Received",
        ReceivedLead = "Thank you. A clerk will call you.",
        Number = "Receipt number",
        Secret = "Secret code",
        Keep = "Write both down or take a screenshot. The code is shown this once; with both you can see how it stands. Give them to nobody.",
        Next = "Next: keep the receipts, chats and call records; send no more money; tell your bank or payment app what happened.",
        StateTitle = "Look at a report",
        StateLead = "Enter the receipt number and the code. You see how it stands, and nothing of what was written.",
        NoSuch = "The number or the code is wrong. Compare them with what you kept and try again.",
        Waiting = "Received; waiting for a clerk.",
        TakenUp = "A clerk has verified it and is working on it.",
        Closed = "This report is closed. If you have questions, call 96110.",
        Back = "Back to the report",
        BusyTitle = "Not just now",
        ComeBack = wait => $"Try again in {Of(wait, " s", " min", " h")}. Press Back in your browser: what you wrote is still there.",
        FullHere = "Many reports from this network already wait for a clerk. No further one can be sent today.",
        FullToday = "Many reports already wait for a clerk. No further one can be sent now.",
        BadWords = "Tell what happened in 10 to 4,000 characters.",
        BadPhone = "Give a phone number that can be called, such as 13800138000.",
        BadLost = "Write the amount in digits only, above zero, with two decimals at most.",
        BadWhen = "The time of paying is not ahead and not more than a year ago.",
        BadName = "A name has 100 characters at most.",
        Stale = "This page was open for too long. Send it once more; what you wrote is still here.",
        TooLarge = "That is too long. Please write less.",
    };

    /// <summary>The language asked for, else the one that the browser prefers.</summary>
    public static PublicTexts For(string? asked, string accepted) => asked switch
    {
        "zh-CN" => Chinese,
        "en" => English,
        _ => accepted.TrimStart().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? English : Chinese,
    };

    public string Of(ReportState state) => state switch
    {
        ReportState.Received => Waiting,
        ReportState.Unfounded => Closed,
        _ => TakenUp,
    };

    private static string Of(TimeSpan wait, string seconds, string minutes, string hours) =>
        wait < TimeSpan.FromMinutes(2) ? $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}{seconds}"
        : wait < TimeSpan.FromHours(2) ? $"{(int)Math.Ceiling(wait.TotalMinutes)}{minutes}" : $"{(int)Math.Ceiling(wait.TotalHours)}{hours}";
}
