using MudBlazor;

namespace Cordon.WebConsole.Shell;

/// <summary>The colours of the console. Contrast is 4.5 to 1 or more for every text; console.css holds the same values for what MudBlazor does not draw.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Font = ["Inter", "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Arial", "sans-serif"];

    public static MudTheme Quiet { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1d5b87", Secondary = "#4b5a69", Background = "#f4f6f8", Surface = "#ffffff", AppbarBackground = "#ffffff",
            TextPrimary = "#18222d", TextSecondary = "#4b5a69", LinesDefault = "#dde3e9", Divider = "#dde3e9", ActionDefault = "#4b5a69",
            Error = "#b3261e", Warning = "#8a5300", Success = "#1e6b3a", Info = "#1d5b87",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#7db8e3", Secondary = "#9aa8b5", Background = "#10151a", Surface = "#182028", AppbarBackground = "#182028",
            TextPrimary = "#dbe2e9", TextSecondary = "#9fadba", LinesDefault = "#2a353f", Divider = "#2a353f", ActionDefault = "#9fadba",
            PrimaryContrastText = "#0d1a24", Error = "#f2938c", Warning = "#e3b066", Success = "#7fc79a", Info = "#7db8e3",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "0.8125rem", LineHeight = "1.45" },
            Button = new ButtonTypography { FontFamily = Font, FontSize = "0.8125rem", TextTransform = "none" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "5px" },
    };
}
