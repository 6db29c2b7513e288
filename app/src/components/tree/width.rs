use leptos::prelude::*;

/// Runs before the first paint: the width that was chosen, and what the handle does. Pixels, as far as the
/// page's layout knows them: `--tree` there.
pub const TREE_WIDTH: &str = "\
    {\
        const [least, usual, most] = [192, 288, 640];\
        const { style } = document.documentElement;\
        const now = () => parseInt(style.getPropertyValue('--tree')) || usual;\
        const say = () => document.getElementById('tree-width')?.setAttribute('aria-valuenow', now());\
        const set = (wanted) => {\
            const width = Math.max(least, Math.min(most, Math.round(wanted)));\
            style.setProperty('--tree', `${width}px`);\
            say();\
            try { localStorage.setItem('tree-width', width); } catch {}\
        };\
        try { const kept = +localStorage.getItem('tree-width'); if (kept) set(kept); } catch {}\
        addEventListener('DOMContentLoaded', say);\
        const on = (type, act) => addEventListener(type, (event) => {\
            if (event.target.id === 'tree-width') act(event, event.target);\
        });\
        on('focusin', say);\
        on('dblclick', () => set(usual));\
        on('pointerdown', (event, handle) => {\
            handle.setPointerCapture(event.pointerId);\
            const shift = now() - event.clientX;\
            const drag = (event) => set(event.clientX + shift);\
            handle.addEventListener('pointermove', drag);\
            const end = () => handle.removeEventListener('pointermove', drag);\
            handle.addEventListener('lostpointercapture', end, { once: true });\
        });\
        on('keydown', (event) => {\
            const { ctrlKey, altKey, metaKey } = event;\
            const to = { ArrowLeft: now() - 16, ArrowRight: now() + 16, Home: least, End: most, Enter: usual }[event.key];\
            if (!to || ctrlKey || altKey || metaKey) return;\
            event.preventDefault();\
            set(to);\
        });\
    }";

/// Between the tree and the page, where they stand beside each other. Without scripts it is not there.
#[component]
pub fn WidthHandle() -> impl IntoView {
    view! {
        <div
            id="tree-width"
            role="separator"
            class="max-lg:hidden noscript:hidden absolute z-10 inset-y-0 -right-0.75 w-1.5 cursor-col-resize touch-none select-none hover:bg-primary/30"
            tabindex="0"
            title="Drag, or use the arrow keys. A double click or Enter makes it as wide as usual."
            aria-label="Width of the tree"
            aria-orientation="vertical"
            aria-valuemin="192"
            aria-valuemax="640"
            aria-valuenow="288"
        ></div>
    }
}
